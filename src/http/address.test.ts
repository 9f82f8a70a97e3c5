import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressReader, isProxyRange, networkOf, plainAddress } from './address.ts'

describe('the address of a client', () => {
  const direct = addressReader([])
  const behindCaddy = addressReader(['loopback'])
  const behindTwo = addressReader(['loopback', '10.0.0.0/8', '2001:db8:1::/48'])

  it('is the socket’s own when nobody is trusted, whatever the header says', () => {
    assert.equal(direct('203.0.113.7', '198.51.100.9'), '203.0.113.7')
    assert.equal(direct('127.0.0.1', '198.51.100.9'), '127.0.0.1')
  })

  it('is the socket’s own when a stranger sends the header', () => {
    assert.equal(behindCaddy('203.0.113.7', '198.51.100.9'), '203.0.113.7')
    assert.equal(behindCaddy('2001:db8::7', '127.0.0.1'), '2001:db8::7')
  })

  it('is what our proxy says, in any spelling of either', () => {
    for (const peer of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::FFFF:7f00:1']) {
      assert.equal(behindCaddy(peer, '203.0.113.7'), '203.0.113.7', peer)
    }
    for (const said of [
      '203.0.113.7:4711',
      '::ffff:203.0.113.7',
      '[::ffff:cb00:7107]:443',
      ' 203.0.113.7 ',
    ]) {
      assert.equal(behindCaddy('127.0.0.1', said), '203.0.113.7', said)
    }
    assert.equal(behindCaddy('127.0.0.1', '[2001:DB8:0:0::7]:443'), '2001:db8::7')
    assert.equal(behindCaddy('127.0.0.1', 'fe80::1%eth0'), 'fe80::1')
  })

  it('is the right-most that is no proxy of ours: what a client writes before it counts for nothing', () => {
    assert.equal(behindCaddy('127.0.0.1', '1.1.1.1, 127.0.0.1, 203.0.113.7'), '203.0.113.7')
    assert.equal(behindTwo('::1', '1.1.1.1,203.0.113.7,10.1.2.3,2001:db8:1::5'), '203.0.113.7')
    assert.equal(behindTwo('10.9.9.9', '10.1.2.3'), '10.1.2.3') // all of them ours: the first there is
  })

  it('is the last proxy that made sense when the header does not', () => {
    for (const rubbish of [
      '',
      ',',
      'unknown',
      '_hidden',
      '203.0.113.999',
      '203.0.113.7/8',
      '1.2.3.4, x',
      '::1]',
    ])
      assert.equal(behindCaddy('127.0.0.1', rubbish), '127.0.0.1', rubbish)
    assert.equal(behindTwo('127.0.0.1', '203.0.113.7, nonsense, 10.1.2.3'), '10.1.2.3')
    assert.equal(behindCaddy('127.0.0.1', `${'9'.repeat(8000)}`), '127.0.0.1')
    assert.equal(behindCaddy('127.0.0.1', null), '127.0.0.1')
    assert.equal(behindCaddy(undefined, '203.0.113.7'), '0.0.0.0') // gone before it was asked
  })

  it('stands for a whole home in IPv6, where each home has 2⁶⁴', () => {
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
    assert.equal(networkOf(plainAddress('2001:DB8::6') ?? ''), '2001:db8:0:0::/64')
    assert.equal(networkOf('::1'), '0:0:0:0::/64')
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7')
  })

  it('knows a range when it sees one', () => {
    for (const good of ['loopback', '10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', 'fd00::/8', '::/0'])
      assert.equal(isProxyRange(good), true, good)
    for (const bad of [
      '',
      'Loopback',
      'proxy',
      '10.0.0.0/33',
      '10.0.0/8',
      '::/129',
      '::1/',
      '1.2.3.4/-1',
      'fe80::1%a',
    ])
      assert.equal(isProxyRange(bad), false, bad)
    assert.equal(addressReader(['0.0.0.0/0'])('203.0.113.7', '203.0.113.8'), '203.0.113.8')
    assert.throws(() => addressReader(['proxy']), TypeError)
  })
})
