import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoginRequired } from '../../main/resources/META-INF/resources/carillon/carillon.js';
import { ENDPOINT, Page, settled } from './support/page.mjs';

test('a page fetches a ticket, opens the socket and answers the challenge with the ticket', async () => {
    const page = new Page();
    const router = await page.router();
    assert.equal(router.url, ENDPOINT);
    assert.deepEqual(router.protocols, ['wamp.2.json']);
    router.opens();
    const [code, realm, details] = router.hears();
    assert.deepEqual([code, realm, details.authmethods], [1, 'carillon', ['ticket']]);
    await router.says(4, 'ticket', {});
    assert.deepEqual(router.hears(), [5, 'ticket-1', {}]);
    assert.equal(page.carillon.state, 'connecting');
    await router.says(2, 4711, { authid: 'alice', authrole: 'user', roles: {} });
    assert.equal(page.carillon.state, 'open');
    assert.equal(page.carillon.sessionId, 4711);
    assert.deepEqual(page.events, [{ type: 'open', session: 4711, authid: 'alice', authrole: 'user' }]);
    router.hearsNothing();
});

test('the ticket request is a JSON POST to /ticket below the endpoint, with cookies and without redirects', async () => {
    const page = new Page();
    await page.router();
    const [{ url, method, credentials, headers, body, redirect, cache }] = page.ticketRequests;
    assert.equal(url, 'http://shop.example/app/wamp/ticket');
    assert.deepEqual([method, credentials, body, redirect, cache], ['POST', 'same-origin', '{}', 'manual', 'no-store']);
    assert.equal(headers['Content-Type'], 'application/json');
});

test('a secure endpoint has a secure ticket address, and a ticket address of its own is used as given', async () => {
    const secure = new Page({ url: 'https://shop.example/app/wamp#top' });
    assert.equal((await secure.router()).url, 'wss://shop.example/app/wamp');
    assert.equal(secure.ticketRequests[0].url, 'https://shop.example/app/wamp/ticket');
    const own = new Page({ ticketUrl: 'https://login.example/ticket' });
    await own.router();
    assert.equal(own.ticketRequests[0].url, 'https://login.example/ticket');
});

test('a page can bring its own source of tickets', async () => {
    const page = new Page({ ticket: async () => 'from-elsewhere' });
    const router = await page.router();
    router.opens();
    router.hears();
    await router.says(4, 'ticket', {});
    assert.deepEqual(router.hears(), [5, 'from-elsewhere', {}]);
    assert.equal(page.ticketRequests.length, 0);
});

test('every connect takes a fresh ticket', async () => {
    const page = await Page.connected();
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    const router = await page.router();
    router.opens();
    router.hears();
    await router.says(4, 'ticket', {});
    assert.deepEqual(router.hears(), [5, 'ticket-2', {}]);
});

test('an anonymous page asks for no ticket and says so in HELLO', async () => {
    const page = new Page({ anonymous: true, realm: 'realm1' });
    const router = await page.router();
    router.opens();
    const [, realm, { authmethods }] = router.hears();
    assert.deepEqual([realm, authmethods], ['realm1', ['anonymous']]);
    await router.says(2, 5, { roles: {} });
    assert.equal(page.carillon.state, 'open');
    assert.equal(page.ticketRequests.length, 0);
});

test('HELLO announces subscriber and publisher with what this client does, and no call roles', async () => {
    const page = new Page();
    const router = await page.router();
    router.opens();
    const [, , { roles }] = router.hears();
    assert.deepEqual(Object.keys(roles).sort(), ['callee', 'caller', 'publisher', 'subscriber']);
    assert.ok(Object.values(roles).every(({ features }) => Object.values(features).every(value => value === true)));
});

for (const status of [401, 403]) {
    test(`a ticket request answered with ${status} asks for a login and is not repeated`, async () => {
        const page = new Page();
        page.answerTicket = () => new Response('', { status });
        await settled();
        assert.equal(page.carillon.state, 'login');
        assert.deepEqual(page.heard, ['login']);
        await page.clock.passes(3_600_000);
        assert.equal(page.ticketRequests.length, 1);
        assert.equal(page.clock.pending, 0);
    });
}

test('a ticket request that is redirected, to a login page for sure, asks for a login', async () => {
    const page = new Page();
    page.answerTicket = () => ({ type: 'opaqueredirect', status: 0, ok: false });
    await settled();
    assert.deepEqual(page.heard, ['login']);
});

test('a source of tickets says by LoginRequired that nobody is logged in', async () => {
    const page = new Page({ ticket: async () => { throw new LoginRequired(); } });
    await settled();
    assert.deepEqual(page.heard, ['login']);
    assert.equal(page.clock.pending, 0);
});

const passing = {
    'fails in the network': () => { throw new TypeError('Failed to fetch'); },
    'is answered with 503': () => new Response('', { status: 503 }),
    'is answered with 404, as while a redeploy is going on': () => new Response('', { status: 404 }),
    'is answered without a ticket': () => Response.json({}),
    'is answered with a page': () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
};
for (const [what, answer] of Object.entries(passing)) {
    test(`a ticket request that ${what} is tried again later`, async () => {
        const page = new Page();
        page.answerTicket = answer;
        await settled();
        assert.equal(page.carillon.state, 'lost');
        assert.deepEqual(page.heard, ['lost']);
        page.answerTicket = () => Response.json({ ticket: 'late' });
        await page.clock.passes(1000);
        await (await page.router()).welcomes();
        assert.deepEqual(page.heard, ['lost', 'open', 'restored']);
    });
}

for (const uri of ['authentication_denied', 'no_matching_auth_method', 'not_authorized']) {
    test(`ABORT ${uri} asks for a login without another attempt`, async () => {
        const page = new Page();
        const router = await page.router();
        router.opens();
        await router.says(3, { message: 'who are you?' }, `wamp.error.${uri}`);
        assert.deepEqual(page.events, [{ type: 'login', reason: 'who are you?', uri: `wamp.error.${uri}` }]);
        assert.equal(router.closedWith, 1000);
        await page.clock.passes(3_600_000);
        assert.equal(page.sockets.length, 1);
    });
}

test('an unknown realm ends in one clear error and no further attempt', async () => {
    const page = new Page({ realm: 'nowhere' });
    const waiting = assert.rejects(page.carillon.subscribe('orders/17', () => {}), {
        uri: 'wamp.error.no_such_realm', message: "no realm 'nowhere' here",
    });
    const router = await page.router();
    router.opens();
    await router.says(3, { message: "no realm 'nowhere' here" }, 'wamp.error.no_such_realm');
    await waiting;
    assert.deepEqual(page.heard, ['error', 'closed']);
    assert.equal(page.event('error').error.uri, 'wamp.error.no_such_realm');
    assert.equal(page.reported.length, 1);
    assert.equal(page.carillon.state, 'closed');
    assert.equal(page.clock.pending, 0);
});

test('an ABORT for any other reason is tried again later', async () => {
    const page = new Page();
    const router = await page.router();
    router.opens();
    await router.says(3, {}, 'wamp.close.system_shutdown');
    assert.deepEqual(page.heard, ['lost']);
    assert.equal(page.event('lost').uri, 'wamp.close.system_shutdown');
});

test('an attempt that has no session after ten seconds is given up and its socket closed', async () => {
    const page = new Page();
    const router = await page.router();
    await page.clock.passes(9_999);
    assert.equal(page.carillon.state, 'connecting');
    await page.clock.passes(1);
    assert.equal(page.carillon.state, 'lost');
    assert.match(page.event('lost').reason, /10000 ms/);
    assert.equal(router.readyState, 2);
    router.opens();
    router.hearsNothing();
});

test('a ticket request that hangs is cancelled with its attempt', async () => {
    const page = new Page({ connectTimeout: 3_000 });
    let signal;
    page.answerTicket = (count, request) => {
        signal = request.signal;
        return new Promise(() => {});
    };
    await settled();
    await page.clock.passes(3_000);
    assert.ok(signal.aborted);
    assert.equal(page.carillon.state, 'lost');
    assert.equal(page.sockets.length, 0);
});

test('an address that is no WebSocket address is refused at once with a hint', () => {
    assert.throws(() => new Page({ url: 'ftp://shop.example/wamp' }), /ws: or wss:/);
});

test('a socket that the browser forbids ends in a clear error, after the page could listen for it', async () => {
    const page = new Page({ anonymous: true, refuseSockets: 'insecure socket from a secure page' });
    assert.equal(page.carillon.state, 'connecting');
    await settled();
    assert.deepEqual(page.heard, ['error', 'closed']);
    assert.match(page.event('closed').reason, /insecure socket from a secure page/);
});

test('a challenge for another method than ticket is a fault of the router', async () => {
    const page = new Page();
    const router = await page.router();
    router.opens();
    router.hears();
    await router.says(4, 'wampcra', { challenge: '{}' });
    assert.equal(router.hears()[0], 3);
    assert.equal(router.closedWith, 3002);
    assert.deepEqual(page.heard, ['lost']);
});

test('a second challenge is not answered with the same ticket', async () => {
    const page = new Page();
    const router = await page.router();
    router.opens();
    router.hears();
    await router.says(4, 'ticket', {});
    router.hears();
    await router.says(4, 'ticket', {});
    assert.equal(router.hears()[0], 3);
});
