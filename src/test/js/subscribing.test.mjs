import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page, settled } from './support/page.mjs';

test('a subscriber gets the event with topic, payload, arguments, details and publication id', async () => {
    const page = await Page.connected();
    const { received } = await page.subscribed('orders/17', 70);
    const router = await page.router();
    const discloses = { publisher: 17, publisher_authid: 'bob', publisher_authrole: 'user' };
    await router.says(36, 70, 9001, discloses, [{ state: 'shipped' }, 2], { by: 'bob' });
    await router.says(36, 70, 9002, {});
    assert.deepEqual(received, [
        {
            topic: 'orders/17', payload: { state: 'shipped' }, args: [{ state: 'shipped' }, 2], kwargs: { by: 'bob' },
            details: { publisher: 17, publisher_authid: 'bob', publisher_authrole: 'user' }, publication: 9001,
            publisher: { session: 17, authid: 'bob', authrole: 'user' }, position: null, replayed: false, retained: false, dropped: 0,
        },
        {
            topic: 'orders/17', payload: undefined, args: [], kwargs: {}, details: {}, publication: 9002,
            publisher: null, position: null, replayed: false, retained: false, dropped: 0,
        },
    ]);
});

test('a subscription made before the socket is open waits for it', async () => {
    const page = new Page();
    const promise = page.carillon.subscribe('orders/17', () => {});
    const router = await page.router();
    await router.welcomes();
    await router.subscribes('orders/17', 70);
    const subscription = await promise;
    assert.equal(subscription.topic, 'orders/17');
    assert.ok(subscription.active);
});

test('an event right behind SUBSCRIBED is not missed', async () => {
    const page = await Page.connected();
    const received = [];
    page.carillon.subscribe('orders/17', event => received.push(event.payload));
    const router = await page.router();
    const [, request] = router.hears();
    router.onmessage({ data: JSON.stringify([33, request, 70]) });
    router.onmessage({ data: JSON.stringify([36, 70, 1, {}, ['first']]) });
    assert.deepEqual(received, ['first']);
});

test('two callbacks on one topic share one subscription, and the last to leave ends it', async () => {
    const page = await Page.connected();
    const first = await page.subscribed('orders/17', 70);
    const router = await page.router();
    const heard = [];
    const second = await page.carillon.subscribe('orders/17', event => heard.push(event.payload));
    router.hearsNothing();
    await router.says(36, 70, 1, {}, ['both']);
    await first.subscription.unsubscribe();
    router.hearsNothing();
    await router.says(36, 70, 2, {}, ['second only']);
    assert.deepEqual(first.received.map(event => event.payload), ['both']);
    assert.deepEqual(heard, ['both', 'second only']);
    const leaving = second.unsubscribe();
    const [code, request, id] = router.hears();
    assert.deepEqual([code, id], [34, 70]);
    await router.says(35, request);
    await leaving;
    assert.ok(!second.active);
});

test('a subscription has its id of this session, and none where there is no session', async () => {
    const page = await Page.connected();
    const { subscription } = await page.subscribed('orders/17', 70);
    assert.equal(subscription.id, 70);
    await (await page.router()).drops(1006);
    assert.equal(subscription.id, null);
    await page.clock.passes(5000);
    const router = await (await page.router()).welcomes(1002);
    assert.equal(subscription.id, null);
    await router.subscribes('orders/17', 5);
    assert.equal(subscription.id, 5);
    subscription.unsubscribe();
    assert.equal(subscription.id, null);
});

test('two callbacks that ask at the same time cause one SUBSCRIBE', async () => {
    const page = await Page.connected();
    const both = Promise.all([page.carillon.subscribe('a', () => {}), page.carillon.subscribe('a', () => {})]);
    const router = await page.router();
    await router.subscribes('a', 70);
    assert.equal((await both).length, 2);
    router.hearsNothing();
});

test('the same callback may be given twice and is then called twice', async () => {
    const page = await Page.connected();
    let calls = 0;
    const count = () => calls++;
    page.carillon.subscribe('a', count);
    page.carillon.subscribe('a', count);
    const router = await page.router();
    await router.subscribes('a', 70);
    await router.says(36, 70, 1, {});
    assert.equal(calls, 2);
});

test('a pattern subscription is one of its own and its events name the real topic', async () => {
    const page = await Page.connected();
    await page.subscribed('orders', 70);
    const router = await page.router();
    const topics = [];
    const promise = page.carillon.subscribe('orders', event => topics.push(event.topic), { match: 'prefix' });
    const [code, request, options, uri] = router.hears();
    assert.deepEqual([code, options, uri], [32, { match: 'prefix', _history: true }, 'orders']);
    await router.says(33, request, 71);
    assert.equal((await promise).match, 'prefix');
    await router.says(36, 71, 1, { topic: 'orders/17' });
    assert.deepEqual(topics, ['orders/17']);
});

test('a refused subscription rejects with the URI and the text of the router, and can be tried again', async () => {
    const page = await Page.connected();
    const refusal = assert.rejects(page.carillon.subscribe('secret', () => {}), {
        name: 'WampError', uri: 'wamp.error.not_authorized', message: 'sales only', kwargs: { role: 'sales' },
    });
    const router = await page.router();
    const [, request] = router.hears();
    await router.says(8, 32, request, {}, 'wamp.error.not_authorized', ['sales only'], { role: 'sales' });
    await refusal;
    assert.deepEqual(page.events, []);
    await page.subscribed('secret', 71);
});

test('an error without a text has its URI as message', async () => {
    const page = await Page.connected();
    const refusal = assert.rejects(page.carillon.subscribe('a..b', () => {}), { message: 'wamp.error.invalid_uri' });
    const router = await page.router();
    const [, request] = router.hears();
    await router.says(8, 32, request, {}, 'wamp.error.invalid_uri');
    await refusal;
    assert.equal(page.carillon.state, 'open');
});

test('subscribe refuses what is no topic or no callback', async () => {
    const page = await Page.connected();
    await assert.rejects(page.carillon.subscribe(17, () => {}), TypeError);
    await assert.rejects(page.carillon.subscribe('a'), TypeError);
    (await page.router()).hearsNothing();
});

test('a callback that throws is reported and does not keep the event from the others', async () => {
    const page = await Page.connected();
    const fault = new Error('broken callback');
    page.carillon.subscribe('a', () => { throw fault; });
    const { received } = await page.subscribed('a', 70);
    const router = await page.router();
    await router.says(36, 70, 1, {}, [1]);
    await router.says(36, 70, 2, {}, [2]);
    assert.equal(received.length, 2);
    assert.deepEqual(page.reported, [fault, fault]);
});

test('a callback that unsubscribes another keeps that one from the same event', async () => {
    const page = await Page.connected();
    let other;
    let calls = 0;
    page.carillon.subscribe('a', () => void other.unsubscribe());
    const promise = page.carillon.subscribe('a', () => calls++);
    const router = await page.router();
    await router.subscribes('a', 70);
    other = await promise;
    await router.says(36, 70, 1, {});
    assert.equal(calls, 0);
});

test('events that cross an UNSUBSCRIBE are ignored', async () => {
    const page = await Page.connected();
    const { subscription, received } = await page.subscribed('a', 70);
    const router = await page.router();
    subscription.unsubscribe();
    const [, request] = router.hears();
    await router.says(36, 70, 1, {}, ['late']);
    await router.says(35, request);
    await router.says(36, 70, 2, {}, ['later']);
    assert.deepEqual(received, []);
    assert.equal(page.carillon.state, 'open');
});

test('a topic asked for again while its UNSUBSCRIBE is under way is subscribed after it', async () => {
    const page = await Page.connected();
    const { subscription } = await page.subscribed('a', 70);
    const router = await page.router();
    subscription.unsubscribe();
    const [code, request] = router.hears();
    assert.equal(code, 34);
    const received = [];
    const again = page.carillon.subscribe('a', event => received.push(event.payload));
    router.hearsNothing();
    await router.says(36, 70, 1, {}, ['of the old subscription']);
    await router.says(35, request);
    await router.subscribes('a', 71);
    await router.says(36, 71, 2, {}, ['of the new']);
    assert.ok((await again).active);
    assert.deepEqual(received, ['of the new']);
});

test('unsubscribing twice, or what the router no longer knows, does no harm', async () => {
    const page = await Page.connected();
    const { subscription } = await page.subscribed('a', 70);
    const router = await page.router();
    const leaving = subscription.unsubscribe();
    await subscription.unsubscribe();
    const [, request] = router.hears();
    await router.says(8, 34, request, {}, 'wamp.error.no_such_subscription');
    await leaving;
    router.hearsNothing();
    assert.equal(page.carillon.state, 'open');
});

test('a subscription that the router revokes is told to its onerror and to the page', async () => {
    const page = await Page.connected();
    const { subscription, received } = await page.subscribed('a', 70);
    const told = [];
    subscription.onerror = error => told.push(error.uri);
    const router = await page.router();
    await router.says(35, 0, { subscription: 70, reason: 'carillon.error.right_withdrawn' });
    assert.deepEqual(told, ['carillon.error.right_withdrawn']);
    assert.deepEqual(page.heard, ['revoked']);
    assert.equal(page.event('revoked').topic, 'a');
    assert.ok(!subscription.active);
    await router.says(36, 70, 1, {});
    assert.deepEqual(received, []);
    await page.subscribed('a', 71);
});

test('a publication is sent with one argument, and without waiting', async () => {
    const page = await Page.connected();
    await page.carillon.publish('chat', { text: 'hello' });
    await page.carillon.publish('chat', undefined, { exclude_me: false });
    await page.carillon.publish('chat', null);
    const router = await page.router();
    assert.deepEqual(router.hears(), [16, 1, {}, 'chat', [{ text: 'hello' }]]);
    assert.deepEqual(router.hears(), [16, 2, { exclude_me: false }, 'chat']);
    assert.deepEqual(router.hears(), [16, 3, {}, 'chat', [null]]);
});

test('a publication says by the names of WAMP who gets it and what becomes of it', async () => {
    const page = await Page.connected();
    const options = {
        exclude_me: false, exclude: [7], exclude_authid: ['bob'], exclude_authrole: ['guest'], eligible: [],
        eligible_authid: ['carol'], eligible_authrole: ['sales'], retain: true, disclose_me: true,
    };
    await page.carillon.publish('chat', 1, options);
    assert.deepEqual((await page.router()).hears(), [16, 1, options, 'chat', [1]]);
});

test('an acknowledged publication resolves to its id and rejects with the error of the router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const accepted = page.carillon.publish('chat', 1, { acknowledge: true });
    const [, first] = router.hears();
    await router.says(17, first, 9001);
    assert.equal(await accepted, 9001);
    const refused = assert.rejects(page.carillon.publish('a..b', 1, { acknowledge: true }), {
        uri: 'wamp.error.invalid_uri',
    });
    const [, second] = router.hears();
    await router.says(8, 16, second, {}, 'wamp.error.invalid_uri');
    await refused;
    assert.equal(page.carillon.state, 'open');
});

test('publishing without a connection is refused, not queued', async () => {
    const page = new Page();
    await assert.rejects(page.carillon.publish('chat', 1), { uri: 'carillon.error.not_connected' });
});

test('when the connection breaks a publication under way is rejected, and a subscription goes on waiting', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const publication = assert.rejects(page.carillon.publish('chat', 1, { acknowledge: true }), {
        uri: 'carillon.error.connection_lost',
    });
    const promise = page.carillon.subscribe('a', () => {});
    await router.drops(1006);
    await publication;
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    await next.subscribes('a', 5);
    assert.ok((await promise).active);
});

test('request ids count from 1 in every session', async () => {
    const page = await Page.connected();
    await page.subscribed('a', 70);
    const router = await page.router();
    await page.carillon.publish('chat', 1);
    assert.equal(router.hears()[1], 2);
    await router.drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    assert.deepEqual(next.hears(), [32, 1, { _history: true }, 'a']);
    await settled();
});
