import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameIn } from '../../static/js/phone/record/names.js'

test('what looks like a name is pointed out', () => {
  assert.equal(nameIn('Then Dr. Miller came'), 'Dr. Miller')
  assert.equal(nameIn('“Nurse Okafor was kind”'), 'Nurse Okafor')
  assert.equal(nameIn('a man called Peter helped'), 'called Peter')
  assert.equal(nameIn('后来王医生来了'), '王医生')
  assert.equal(nameIn('欧阳主任很耐心'), '欧阳主任')
  assert.equal(nameIn('小李带了路'), '小李')
})

test('what is not a name is left alone', () => {
  for (const text of [
    'The doctor explained it twice', 'Dr appointment moved', 'Waited at Window 5', 'He called at noon', 'no sign at the lift',
    '医生讲得很清楚', '护士很忙', '老人走得慢', '小孩在哭', '', null,
  ]) assert.equal(nameIn(text), null, text)
})
