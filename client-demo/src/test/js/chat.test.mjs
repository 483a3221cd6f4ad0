import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlain } from '../../main/resources/dev/tutti/pages/app/chat/markdown.js';

test('what people mostly say needs no parser', () => {
  for (const text of ['Hello', 'The ferry is late by 20 minutes, so is the fish.', 'At 8:30? (Yes) – 100 % sure!', 'naïve 日本語 😀', 'a - b', 'price: 3.50 €', 'http']) {
    assert.ok(isPlain(text), text);
  }
});

test('what may be a format, a link or an address goes through it', () => {
  for (const text of ['*a*', '_a_', '`a`', '~~a~~', '<b>', '&amp;', '[a](b)', 'a\nb', '> a', '# a', '- a', '+ a', '1. a', '2) a', ' - a', '=====', '---', 'a|b', 'https://example.org', 'HTTP://EXAMPLE.ORG', 'www.example.org', 'WWW.example.org', 'me@example.org', '@Ana', 'a \\* b', '![x](y)']) {
    assert.ok(!isPlain(text), text);
  }
});
