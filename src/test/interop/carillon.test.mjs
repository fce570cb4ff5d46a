/** The page's own client over a real socket; what it does in trouble is told in src/test/js. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import { connect } from '../../main/resources/META-INF/resources/carillon/carillon.js';
import { autobahnSession, freshUri, Inbox, REALM, ROUTER, within } from './support.mjs';

function page(options = {}) {
    const carillon = connect({ url: ROUTER, realm: REALM, anonymous: true, environment: { WebSocket }, ...options });
    after(() => carillon.close());
    return carillon;
}

function happens(carillon, type) {
    const promise = new Promise(resolve => carillon.addEventListener(type, resolve, { once: true }));
    return within(promise, `'${type}'`);
}

test('a page hears what autobahn publishes, and autobahn what the page publishes', async () => {
    const topic = freshUri();
    const [atPage, atAutobahn] = [new Inbox(), new Inbox()];
    const carillon = page();
    await within(carillon.subscribe(topic, atPage.receive), 'SUBSCRIBED');
    const { session } = await autobahnSession();
    await within(session.subscribe(topic, atAutobahn.receive), 'SUBSCRIBED');
    session.publish(topic, [{ state: 'shipped' }], { by: 'bob' });
    const event = await atPage.next();
    assert.deepEqual([event.topic, event.payload, event.kwargs], [topic, { state: 'shipped' }, { by: 'bob' }]);
    assert.ok(await within(carillon.publish(topic, 'hello', { acknowledge: true }), 'PUBLISHED') >= 1);
    assert.deepEqual(await atAutobahn.next(), ['hello']);
});

test('topics with slashes, as pages name their records, are legal', async () => {
    const topic = `orders/${process.pid}`;
    const inbox = new Inbox();
    const carillon = page();
    const subscription = await within(carillon.subscribe(topic, inbox.receive), 'SUBSCRIBED');
    await within(carillon.publish(topic, 1, { acknowledge: true, exclude_me: false }), 'PUBLISHED');
    assert.equal((await inbox.next()).payload, 1);
    await within(subscription.unsubscribe(), 'UNSUBSCRIBED');
    assert.equal(carillon.state, 'open');
});

test('an invalid topic rejects with the URI of the router and the page stays connected', async () => {
    const carillon = page();
    await assert.rejects(within(carillon.subscribe('a..b', () => {}), 'ERROR'), { uri: 'wamp.error.invalid_uri' });
    assert.equal(carillon.state, 'open');
});

test('a page that names a realm that does not exist is told so once', async () => {
    const carillon = page({ realm: 'com.example.nowhere', environment: { WebSocket, report: () => {} } });
    const { detail } = await happens(carillon, 'closed');
    assert.equal(detail.error.uri, 'wamp.error.no_such_realm');
});

test('a page leaves with GOODBYE', async () => {
    const carillon = page();
    await happens(carillon, 'open');
    await within(carillon.close(), 'the GOODBYE of the router');
    assert.equal(carillon.state, 'closed');
});
