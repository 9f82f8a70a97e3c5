import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/effort.ts'
import { isCountry, lastFourOf, maskPhone, type Phone, parsePhone, typedShape, writePhone } from './phone.ts'

describe('a number on a keypad', () => {
  it('stands in the groups in which it is written where it is at home, and is whole in Korea at eleven', () => {
    assert.deepEqual(typedShape('KR'), { groups: [3, 4, 4], least: 11, most: 11 })
    assert.deepEqual(typedShape('JP').groups, [3, 4, 4])
    assert.deepEqual(typedShape('US').groups, [3, 3, 4])
    assert.ok(typedShape('DE').least < typedShape('DE').most, 'lengths differ')
  })
})

describe('a phone number', () => {
  it('is the same however it is written', () => {
    const written = [
      '010-0000-1234',
      '01000001234',
      '010 0000 1234',
      '010.0000.1234',
      ' 010–0000—1234 ',
      '(010) 0000-1234',
      '+82 10 0000 1234',
      '+82 (0)10-0000-1234',
      '+82-010-0000-1234',
      '＋82 10 0000 1234',
      '０１０－００００－１２３４',
      '٠١٠-٠٠٠٠-١٢٣٤',
      '۰۱۰-۰۰۰۰-۱۲۳۴',
      '\u202a010\u202c-0000\u200f-1234\u200e',
      '010\u00a00000\u30001234',
      '010\t0000\t1234',
    ]
    for (const text of written) assert.equal(parsePhone(text, 'KR'), '+821000001234', JSON.stringify(text))
  })

  it('is read in the café’s country unless it says its own', () => {
    assert.equal(parsePhone('090-1234-5678', 'JP'), '+819012345678')
    assert.equal(parsePhone('+81 90-1234-5678', 'KR'), '+819012345678')
    assert.equal(parsePhone('(201) 555-0123', 'US'), '+12015550123')
  })

  it('is not one when no phone can have it', () => {
    const wrong = [
      '',
      ' ',
      '-',
      'coffee',
      '112',
      '114',
      '1588-0000-00000',
      '010-000-1234',
      '010-0000-123',
      '010-0000-12345',
      '+82',
      '+82 10',
      '+999 10 0000 1234',
      '0000000000000000',
      '010-0000-1234 x5',
      'call 010-0000-1234',
      '010-0000-1234,010-0000-1235',
      '٠',
      '1'.repeat(65),
      `010${' '.repeat(10_000)}00001234`,
      '\0',
      '\ud800',
      "010-0000-1234' OR 1=1",
    ]
    for (const text of wrong) assert.equal(parsePhone(text, 'KR'), null, JSON.stringify(text.slice(0, 40)))
  })

  it('may be any that 010 can begin, the made-up ones too', () => {
    for (let middle = 0; middle <= 9_999; middle += 1) {
      const digits = String(middle).padStart(4, '0')
      assert.equal(parsePhone(`010-${digits}-${digits}`, 'KR'), `+8210${digits}${digits}`)
    }
  })

  it('written in any hand is one number or none, and reads the same again', () => {
    fc.assert(
      fc.property(handwriting(), ({ text, digits }) => {
        const phone = parsePhone(text, 'KR')
        assert.equal(phone, `+8210${digits}`, JSON.stringify(text))
        assert.equal(parsePhone(String(phone), 'JP'), phone)
      }),
      { numRuns: runs(3_000, 100_000) },
    )
  })

  it('of any text whatever is in E.164 or null, and never an error', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789+-() ٠۱０') }),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom('KR', 'US', 'JP', 'GB', 'DE'), (text, country) => {
        const phone = parsePhone(text, country)
        if (phone === null) return
        assert.match(phone, /^\+[1-9]\d{6,14}$/)
        assert.equal(parsePhone(phone, country), phone)
      }),
      { numRuns: runs(3_000, 100_000) },
    )
  })
})

describe('a masked number', () => {
  it('shows its owner enough and others nothing', () => {
    assert.equal(maskPhone('+821000005678'), '010-••••-5678')
    assert.equal(maskPhone('+819012345678'), '090-••••-5678')
  })

  it('of Korea is grouped as people there write it, whatever its digits', () => {
    for (const phone of ['+821023456789', '+821099999999', '+821012340000'] as Phone[])
      assert.equal(maskPhone(phone), writePhone(phone).replace(/-\d{4}-/, '-••••-'))
  })

  it('never shows more than a leading group and four digits, nor fewer than four hidden', () => {
    const numbers = [
      '+12015550123',
      '+442079460018',
      '+4915112345678',
      '+3545551234',
      '+6591234567',
      '+8227001234',
    ]
    for (const phone of numbers as Phone[]) {
      const masked = maskPhone(phone)
      assert.ok(masked.endsWith(phone.slice(-2)), masked)
      assert.ok((masked.match(/•/g)?.length ?? 0) >= 3, masked)
      assert.ok((masked.match(/\d/g)?.length ?? 0) <= 8, masked)
    }
  })
})

describe('countries and last digits', () => {
  it('knows the countries that have numbers', () => {
    assert.deepEqual(['KR', 'JP', 'US', 'XX', 'kr', ''].map(isCountry), [
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('finds a card by the last four', () => {
    assert.equal(lastFourOf('+821000005678'), '5678')
  })
})

/** Numbers as all the keyboards of the world write them. */
function handwriting() {
  const digits = fc.integer({ min: 0, max: 99_999_999 }).map((place) => String(place).padStart(8, '0'))
  const zeros = fc.constantFrom(0x30, 0xff10, 0x660, 0x6f0) // ASCII, full-width, Arabic-Indic, Persian
  const gap = fc.constantFrom(
    '',
    '-',
    ' ',
    '.',
    '–',
    '\u00a0',
    '\u3000',
    '－',
    '\u200e',
    '\u200f-',
    '\u202c ',
  )
  const start = fc.constantFrom('010', '+8210', '+82 (0)10', '+82-10', '+82 010', '＋82 10')
  return fc
    .record({
      digits,
      zero: zeros,
      start,
      gaps: fc.tuple(gap, gap),
      marks: fc.constantFrom('', '\u202a', ' ', '\u2067'),
    })
    .map(({ digits, zero, start, gaps, marks }) => {
      const text = `${marks}${start}${gaps[0]}${digits.slice(0, 4)}${gaps[1]}${digits.slice(4)}`
      const written = text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
      return { text: written, digits }
    })
}
