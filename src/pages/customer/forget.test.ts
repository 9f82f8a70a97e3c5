import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'

const card = routes.card.href({ cafe: 'cafe' })
const forget = routes.forget.href({ cafe: 'cafe' })
const preferences = routes.preferences.href({ cafe: 'cafe' })

onEveryEngine('"not me"', (engine) => {
  let shop: Shop
  before(async () => {
    shop = await openShop({}, engine)
  })
  after(() => shop.close())

  it('makes the browser forget and the old cookie worthless; the stamps stay on the number', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-4001')
    const old = visitor.cookies.get('card_cafe') ?? ''
    const forgotten = await visitor.submit(card, forget)
    assert.equal(forgotten.status, 303)
    assert.equal(forgotten.location, card)
    assert.equal(visitor.cookies.has('card_cafe'), false)
    visitor.cookies.set('card_cafe', old)
    assert.equal(await visitor.card(), null)
    const balance = (await shop.store.cards.findByPhone(1, '+821000004001'))?.balance
    assert.equal(balance, 1)
  })

  it('is done once however often it is pressed, and by the one who pressed it', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-4002')
    const kept = new Map(visitor.cookies)
    const form = formIn((await visitor.get(card)).text, forget)
    const answers = await Promise.all([visitor.postFields(forget, form), visitor.postFields(forget, form)])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303],
    )
    for (const [name, value] of kept) visitor.cookies.set(name, value)
    assert.equal((await visitor.postFields(forget, form)).status, 303)
    assert.equal((await shop.visitor().postFields(forget, form)).status, 403)
  })

  it('gives the same answer when it is pressed again after the cookie is gone', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-4004')
    const old = visitor.cookies.get('card_cafe') ?? ''
    const form = formIn((await visitor.get(card)).text, forget)
    assert.equal((await visitor.postFields(forget, form)).status, 303)
    const again = await visitor.postFields(forget, form)
    assert.equal(again.status, 303)
    assert.equal(again.location, card)
    const elsewhere = shop.visitor()
    elsewhere.cookies.set('card_cafe', old)
    const token = formIn((await elsewhere.get(card)).text, card).csrf_token ?? ''
    assert.equal((await elsewhere.postFields(forget, { ...form, csrf_token: token })).status, 303)
  })

  it('of one customer is not an answer for the next one in the same browser', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-4005')
    const form = formIn((await visitor.get(card)).text, forget)
    await visitor.postFields(forget, form)
    await visitor.stamp('010-0000-4006')
    const again = await visitor.postFields(forget, form)
    assert.equal(again.status, 422)
    assert.equal(again.refusal, 'key-reused')
    assert.equal((await visitor.card())?.stamps, 1)
  })

  it('says first that the stamps stay on the number, and what it takes to see them again', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-4003')
    const shown = await visitor.get(card)
    assert.match(shown.text, /<details[\s\S]*stay[\s\S]*action="\/cafe\/forget\/"[\s\S]*<\/details>/)
  })
})

onEveryEngine('language and colours', (engine) => {
  let shop: Shop
  before(async () => {
    shop = await openShop({}, engine)
  })
  after(() => shop.close())

  it('are asked of the browser first, and kept in plain cookies once chosen', async () => {
    assert.match((await shop.visitor('ko-KR,ko;q=0.9').get(card)).text, /<html lang="ko"/)
    assert.match((await shop.visitor('fr').get(card)).text, /<html lang="en"/)
    const visitor = shop.visitor('en')
    for (const language of ['ko', 'ja', 'en']) {
      const chosen = await visitor.submit(card, preferences, { language, next: '/cafe/?x=1' })
      assert.equal(chosen.status, 303)
      assert.equal(chosen.location, '/cafe/?x=1')
      assert.equal(visitor.cookies.get('language'), language)
      assert.match((await visitor.get(card)).text, new RegExp(`<html lang="${language}"`))
    }
    const form = formIn((await visitor.get(card)).text, preferences)
    delete form.language
    const dark = await visitor.postFields(preferences, { ...form, theme: 'dark' })
    assert.doesNotMatch(dark.headers.getSetCookie().join(), /HttpOnly/)
    assert.match((await visitor.get(card)).text, /data-theme="dark"/)
  })

  it('take no words that they do not know, and lead nowhere but here', async () => {
    const visitor = shop.visitor()
    for (const wrong of [{ language: 'xx' }, { theme: 'red' }, { language: '' }]) {
      assert.equal((await visitor.submit(card, preferences, wrong)).status, 422)
    }
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https:evil.example',
      'javascript:alert(1)',
      '/a\r\nb',
    ]) {
      assert.equal((await visitor.submit(card, preferences, { language: 'en', next })).location, card)
    }
  })
})
