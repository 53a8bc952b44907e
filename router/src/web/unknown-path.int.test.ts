import { describe, expect, test } from 'vitest';
import { built, startWeb } from './web.fixture.ts';

describe('an address that is no page', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  test.each([
    ['/playground/', '/playground'],
    ['/playground/?query=%7Bhello%7D', '/playground?query=%7Bhello%7D'],
    ['/operate/', '/operate'],
    ['/flights/', '/flights'],
    ['/dashboard', '/'],
    ['/dashboard/?lang=ko', '/?lang=ko'],
  ])('%s leads to %s', async (path, to) => {
    const { ask } = await startWeb();
    for (const headers of [{}, browser]) {
      const { status, headers: head } = await ask(path, headers);
      expect({ status, location: head.location }).toEqual({ status: 308, location: to });
    }
  });

  test('is a page in a browser, in its language, that names it and leads to those that are served', async () => {
    const { ask } = await startWeb(built, { dashboard: true, playground: true, operate: false });
    const asked = await ask('/no%3Cthing/<b>?secret', browser);
    expect(asked.status).toBe(404);
    expect(asked.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'Accept, Accept-Language',
      'content-security-policy': expect.stringContaining("default-src 'none'; style-src 'sha256-"),
    });
    const page = asked.body.toString();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('/no%3Cthing/&lt;b&gt; is no page of this system.');
    expect(page.match(/(?<=href=")[^"]*/g)).toEqual(['/', '/playground']);
    const korean = await ask('/nothing', { ...browser, 'accept-language': 'fr, ko-KR;q=0.9, en;q=0.8' });
    expect(korean.body.toString()).toContain('<html lang="ko">');
    expect(korean.body.toString()).toContain('<a href="/playground">플레이그라운드</a>');
    expect((await ask('/nothing', browser, 'HEAD')).body.length).toBe(0);
  });

  test('is an error in JSON for a program, and for what is sent to it', async () => {
    const { ask } = await startWeb();
    const refused = await Promise.all([
      ask('/nothing'),
      ask('/nothing', { accept: '*/*' }),
      ask('/nothing', { accept: 'application/json' }),
      ask('/nothing', browser, 'POST'),
    ]);
    for (const { status, headers, body } of refused) {
      expect({ status, type: headers['content-type'] }).toEqual({
        status: 404,
        type: 'application/json; charset=utf-8',
      });
      expect(JSON.parse(body.toString()).errors[0].extensions.code).toBe('NOT_FOUND');
    }
  });
});
