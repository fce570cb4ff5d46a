import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, proves } from './support/browser.mjs';
import { Page, settled } from './support/page.mjs';

/** Two tabs of alice on one socket. */
async function twoTabs() {
    const browser = new Browser();
    const first = await browser.tab('alice', 1001);
    const second = await browser.tab('alice', 1002);
    const [router, own] = browser.sockets;
    await proves(router);
    return { browser, first, second, router, own };
}

async function subscribed(page, router, topic, id) {
    const received = [];
    const promise = page.carillon.subscribe(topic, event => received.push(event.payload));
    await settled();
    const [code, request, , uri] = router.hears();
    assert.deepEqual([code, uri], [32, topic]);
    await router.says(33, request, id);
    return { subscription: await promise, received };
}

test('the second tab of a login is moved to the socket of the first, and its own is closed', async () => {
    const { first, second, own } = await twoTabs();
    assert.deepEqual([first.carillon.state, second.carillon.state], ['open', 'open']);
    assert.deepEqual([first.carillon.sessionId, second.carillon.sessionId], [1001, 1001]);
    assert.equal(own.hears()[0], 6);
    assert.equal(own.closedWith, 1000);
    assert.equal(first.sockets.length + second.sockets.length, 0);
});

test('a tab of another login has a socket of its own and hears nothing of the first', async () => {
    const browser = new Browser();
    const alice = await browser.tab('alice', 1001);
    const bob = await browser.tab('bob', 1002);
    assert.deepEqual([alice.carillon.sessionId, bob.carillon.sessionId], [1001, 1002]);
    const [aliceRouter, bobRouter] = browser.sockets;
    const hers = await subscribed(alice, aliceRouter, 'news', 7);
    const his = await subscribed(bob, bobRouter, 'news', 7);
    await aliceRouter.says(36, 7, 1, {}, ['for alice']);
    await bobRouter.says(36, 7, 2, {}, ['for bob']);
    assert.deepEqual([hers.received, his.received], [['for alice'], ['for bob']]);
});

test('each tab shows a ticket of its own', async () => {
    const { first, second } = await twoTabs();
    assert.deepEqual([first.ticketRequests.length, second.ticketRequests.length], [1, 1]);
});

test('a shared connection that does not answer gives way to that of the new tab', async () => {
    const browser = new Browser();
    const first = await browser.tab('alice', 1001);
    const second = await browser.tab('alice', 1002);
    assert.equal(second.carillon.state, 'connecting');
    browser.timers.forEach(task => task());
    await settled();
    assert.deepEqual([first.carillon.state, second.carillon.state], ['lost', 'open']);
    await first.clock.passes(1000);
    await browser.admits('alice', 1003);
    await proves(browser.sockets[1]);
    assert.deepEqual([first.carillon.sessionId, second.carillon.sessionId], [1002, 1002]);
});

test('an event goes to the tabs that subscribed, and the topic is left when the last one has left it', async () => {
    const { first, second, router } = await twoTabs();
    const a = await subscribed(first, router, 'news', 7);
    await router.says(36, 7, 1, {}, [1]);
    const b = await subscribed(second, router, 'news', 7);
    await router.says(36, 7, 2, {}, [2]);
    await a.subscription.unsubscribe();
    router.hearsNothing();
    await router.says(36, 7, 3, {}, [3]);
    assert.deepEqual([a.received, b.received], [[1, 2], [2, 3]]);
    const leaving = b.subscription.unsubscribe();
    await settled();
    const [code, request, id] = router.hears();
    assert.deepEqual([code, id], [34, 7]);
    await router.says(35, request);
    await leaving;
});

test('a topic is kept for a tab whose SUBSCRIBE is under way when the other one leaves it', async () => {
    const { first, second, router } = await twoTabs();
    const a = await subscribed(first, router, 'news', 7);
    const received = [];
    const promise = second.carillon.subscribe('news', event => received.push(event.payload));
    await settled();
    const [, request] = router.hears();
    await a.subscription.unsubscribe();
    router.hearsNothing();
    await router.says(33, request, 7);
    assert.ok((await promise).active);
    await router.says(36, 7, 1, {}, ['here']);
    assert.deepEqual(received, ['here']);
});

test('requests of several tabs have different ids at the router, and each tab gets its own answer', async () => {
    const { first, second, router } = await twoTabs();
    const refused = assert.rejects(first.carillon.call('who', [1]), { uri: 'com.example.error.no' });
    const answered = second.carillon.call('who', [2]);
    await settled();
    const [one, two] = [router.hears(), router.hears()];
    assert.notEqual(one[1], two[1]);
    await router.says(50, two[1], {}, ['second']);
    await router.says(8, 48, one[1], {}, 'com.example.error.no');
    await refused;
    assert.equal((await answered).result, 'second');
    await second.carillon.publish('news', 1);
    await settled();
    assert.ok(router.hears()[1] > two[1]);
});

test('an invocation reaches the tab that registered, and ends with it', async () => {
    const { first, second, router } = await twoTabs();
    first.carillon.register('title', () => 'first');
    second.carillon.register('slow', () => new Promise(() => {}));
    await settled();
    const [a, b] = [router.hears(), router.hears()];
    await router.says(65, a[1], 11);
    await router.says(65, b[1], 12);
    await router.says(68, 1, 11, {});
    assert.deepEqual(router.hears(), [70, 1, {}, ['first']]);
    await router.says(68, 2, 12, {});
    second.carillon.close();
    await settled();
    const said = [router.hears(), router.hears()];
    assert.deepEqual(said.map(([code]) => code).sort(), [66, 8].sort());
    await router.says(68, 3, 12, {});
    assert.equal(router.hears()[4], 'wamp.error.no_such_procedure');
});

test('progress and cancelling belong to the call of one tab', async () => {
    const browser = new Browser();
    const page = browser.open();
    await settled();
    const router = browser.sockets[0];
    router.opens();
    await settled();
    const roles = { dealer: { features: { call_canceling: true } } };
    const login = { realm: 'carillon', authid: 'alice', authrole: 'user', authmethod: 'ticket' };
    await router.says(2, 1001, { ...login, roles });
    const other = await browser.tab('alice', 1002);
    router.hears();
    await proves(router);
    const parts = [];
    const aborting = new AbortController();
    const options = name => ({ signal: aborting.signal, onProgress: ({ result }) => parts.push(name + result) });
    const mine = assert.rejects(page.carillon.call('slow', [], {}, options('mine ')), { uri: 'wamp.error.canceled' });
    const others = other.carillon.call('slow', [], {}, { onProgress: ({ result }) => parts.push(`other ${result}`) });
    await settled();
    const calls = [router.hears(), router.hears()];
    for (const [, id] of calls) await router.says(50, id, { progress: true }, [id]);
    assert.deepEqual(parts, [`mine ${calls[0][1]}`, `other ${calls[1][1]}`]);
    aborting.abort();
    await settled();
    assert.deepEqual(router.hears(), [49, calls[0][1], { mode: 'killnowait' }]);
    await router.says(8, 48, calls[0][1], {}, 'wamp.error.canceled');
    await router.says(50, calls[1][1], {}, ['done']);
    await mine;
    assert.equal((await others).result, 'done');
    other.carillon.call('slow').catch(() => {});
    await settled();
    const [, left] = router.hears();
    other.carillon.close();
    await settled();
    assert.deepEqual(router.hears(), [49, left, {}], 'nobody waits for that any more');
});

test('a tab that serves a call tells its progress, and is told when the call is cancelled or the registration ends', async () => {
    const { first, second, router } = await twoTabs();
    const signals = [];
    first.carillon.register('slow', ({ progress, signal }) => {
        signals.push(signal);
        progress('half');
        return new Promise(resolve => signal.addEventListener('abort', () => resolve('stopped')));
    });
    await settled();
    await router.says(65, router.hears()[1], 11);
    await router.says(68, 5, 11, { receive_progress: true });
    assert.deepEqual(router.hears(), [70, 5, { progress: true }, ['half']]);
    await router.says(69, 5, { mode: 'kill' });
    assert.deepEqual(router.hears(), [70, 5, {}, ['stopped']]);
    await router.says(67, 0, { registration: 11, reason: 'wamp.error.not_authorized' });
    assert.deepEqual([first.heard.at(-1), second.heard.at(-1)], ['revoked', 'open']);
    await router.says(68, 6, 11, {});
    assert.equal(router.hears()[4], 'wamp.error.no_such_procedure');
});

test('a tab that goes without a word is noticed, and what only it wanted is taken back', async () => {
    const { browser, first, second, router } = await twoTabs();
    await subscribed(first, router, 'news', 7);
    await subscribed(second, router, 'gossip', 8);
    const [, lockOfSecond] = browser.locks.named('carillon tab');
    browser.locks.release(lockOfSecond);
    await settled();
    const [code, , id] = router.hears();
    assert.deepEqual([code, id], [34, 8]);
    assert.equal(router.closedWith, null);
});

test('the last tab takes the socket with it', async () => {
    const { first, second, router } = await twoTabs();
    await Promise.all([first.carillon.close(), settled()]);
    assert.equal(router.closedWith, null);
    await Promise.all([second.carillon.close(), settled()]);
    assert.equal(router.hears()[0], 6);
    assert.equal(router.closedWith, 1000);
});

test('when the socket is lost every tab notices and comes back by itself', async () => {
    const { browser, first, second, router } = await twoTabs();
    await router.drops(1006);
    assert.deepEqual([first.carillon.state, second.carillon.state], ['lost', 'lost']);
    await first.clock.passes(1000);
    await browser.admits('alice', 1003);
    assert.equal(first.carillon.sessionId, 1003);
});

test('when the login ends every tab says so', async () => {
    const { first, second, router } = await twoTabs();
    await router.says(6, {}, 'carillon.close.logged_out');
    assert.deepEqual([first.carillon.state, second.carillon.state], ['login', 'login']);
    assert.equal(router.hears()[0], 6);
    router.hearsNothing();
});

test('when the worker is gone every tab loses its connection', async () => {
    const { browser, first, second } = await twoTabs();
    const [worker] = browser.locks.named('carillon worker');
    browser.locks.release(worker);
    await settled();
    assert.ok([first, second].some(page => page.carillon.state === 'lost'));
});

test('where shared workers are missing or forbidden a page has a socket of its own', async () => {
    const refusing = class { constructor() { throw new Error('SecurityError'); } };
    for (const SharedWorker of [undefined, refusing]) {
        const page = new Page({ shared: true, browser: { SharedWorker, locks: new Browser().locks } });
        await (await page.router()).welcomes();
        assert.equal(page.carillon.state, 'open');
    }
});

test('a worker that cannot be loaded, or does not answer, is done without', async () => {
    class SharedWorker {
        port = { postMessage() {}, close() {} };
    }
    const page = new Page({ shared: true, browser: { SharedWorker, locks: new Browser().locks } });
    await settled();
    assert.equal(page.sockets.length, 0);
    await page.clock.passes(3000);
    await (await page.router()).welcomes();
    assert.equal(page.carillon.state, 'open');
});
