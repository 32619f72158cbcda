import { expect, test } from 'vitest';
import { saysOutOfMemory } from './says-out-of-memory.ts';

test.each([
  'Session fail to run with error: OOM when allocating tensor with shape[64,17,17,720]',
  'Operation received an exception:Status: 1, message: could not create a primitive, in file mkl_conv_ops.cc',
  "terminate called after throwing an instance of 'std::bad_alloc'",
  '# Fatal process out of memory: Zone',
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ' 2: 0x75968e node::OOMErrorHandler(char const*, v8::OOMDetails const&) [node]',
  'Array buffer allocation failed',
])('"%s" means that memory ran out', (text) => {
  expect(saysOutOfMemory(text)).toBe(true);
});

test('another failure does not', () => {
  expect(saysOutOfMemory('Invalid argument: Incompatible shapes: [64] vs. [32]')).toBe(false);
});
