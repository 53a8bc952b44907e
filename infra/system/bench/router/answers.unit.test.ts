import { expect, test } from 'vitest';
import { compareResponses, faultOf } from './answers.ts';

const response = '{"data":{"a":[{"b":1,"c":2}]}}';

test.each([
  ['{"data": {"a": [{"b": 1, "c": 2}]}, "extensions": {"took": 1}}', 'same'],
  ['{"data":{"a":[{"c":2,"b":1}]}}', 'other key order'],
  ['{"data":{"a":[{"b":1}]}}', 'other data'],
  ['{"data":{"a":[{"b":1,"c":2}]},"errors":[{"message":"no"}]}', 'other data'],
])('%s is compared', (other, agreement) => {
  expect(compareResponses(response, other)).toBe(agreement);
});

test.each([
  [response, undefined],
  ['{"errors":[{"message":"no"}],"data":null}', 'errors: [{"message":"no"}]'],
  ['{"data":null}', 'no data: {"data":null}'],
  ['<html>', 'not JSON: <html>'],
])('of %s the fault is %s', (text, fault) => {
  expect(faultOf(text)).toBe(fault);
});
