/** The page's own client over a real socket; what it does in trouble is told in src/test/js. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import { connect, Result, WampError } from '../../main/resources/META-INF/resources/carillon/carillon.js';
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

test('a page that subscribes to a pattern hears the real topics, and who published', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const carillon = page();
    await within(carillon.subscribe(`${topic}.`, inbox.receive, { match: 'prefix' }), 'SUBSCRIBED');
    const { session } = await autobahnSession();
    session.publish(`${topic}.a`, [1], {}, { disclose_me: true });
    const event = await inbox.next();
    assert.deepEqual([event.topic, event.payload, event.publisher.session], [`${topic}.a`, 1, session.id]);
    session.publish(`${topic}.b`, [2]);
    assert.deepEqual([(await inbox.next()).topic], [`${topic}.b`]);
});

test('a page that comes late gets what was retained, if it asks for it, and then what happens', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const [early, late] = [page(), page()];
    await within(early.subscribe(topic, () => {}), 'SUBSCRIBED');
    await within(early.publish(topic, 'kept', { retain: true, acknowledge: true }), 'PUBLISHED');
    await within(late.subscribe(topic, inbox.receive, { retained: true }), 'SUBSCRIBED');
    await within(early.publish(topic, 'live', { acknowledge: true }), 'PUBLISHED');
    const events = [await inbox.next(), await inbox.next()];
    assert.deepEqual(events.map(({ payload, retained }) => [payload, retained]), [['kept', true], ['live', false]]);
});

test('a page reads the history of what it has subscribed to', async () => {
    const topic = freshUri();
    const carillon = page();
    const { id } = await within(carillon.subscribe(topic, () => {}), 'SUBSCRIBED');
    for (const number of [1, 2, 3]) await within(carillon.publish(topic, number, { acknowledge: true }), 'PUBLISHED');
    const newest = { reverse: true, limit: 2 };
    const { args } = await within(carillon.call('wamp.subscription.get_events', [id], newest), 'RESULT');
    assert.deepEqual(args.map(event => event.args), [[3], [2]]);
});

test('a page calls what autobahn serves, and autobahn what the page serves', async () => {
    const [served, serving] = [freshUri(), freshUri()];
    const carillon = page();
    const { session } = await autobahnSession();
    await within(session.register(served, args => args[0] + args[1]), 'REGISTERED');
    assert.equal((await within(carillon.call(served, [20, 3]), 'RESULT')).result, 23);
    await within(carillon.register(serving, ({ args, kwargs }) => new Result(args.reverse(), kwargs)), 'REGISTERED');
    const result = await within(session.call(serving, ['a', 'b'], { c: 1 }), 'RESULT');
    assert.deepEqual([result.args, result.kwargs], [['b', 'a'], { c: 1 }]);
});

test('progress travels both ways', async () => {
    const [served, serving] = [freshUri(), freshUri()];
    const carillon = page();
    const { session } = await autobahnSession();
    await within(session.register(served, (args, kwargs, details) => {
        details.progress([1]);
        details.progress([2]);
        return 3;
    }), 'REGISTERED');
    const parts = [];
    const call = carillon.call(served, [], {}, { onProgress: ({ result }) => parts.push(result) });
    assert.deepEqual([(await within(call, 'RESULT')).result, parts], [3, [1, 2]]);
    await within(carillon.register(serving, ({ progress }) => {
        progress('a');
        progress('b');
        return 'c';
    }), 'REGISTERED');
    const heard = [];
    // autobahn needs promises of its own to tell progress, so this caller is another page
    const last = page().call(serving, [], {}, { onProgress: ({ result }) => heard.push(result) });
    assert.deepEqual([(await within(last, 'RESULT')).result, heard], ['c', ['a', 'b']]);
});

test('a call that is aborted ends, and the page that serves it is told', async () => {
    const procedure = freshUri();
    const [caller, callee] = [page(), page()];
    const interrupted = new Inbox();
    await within(callee.register(procedure, ({ signal }) => new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
            interrupted.receive(signal.reason.uri);
            reject(signal.reason);
        });
    })), 'REGISTERED');
    for (const cancelMode of ['killnowait', 'kill']) {
        const giveUp = new AbortController();
        const call = caller.call(procedure, [], {}, { signal: giveUp.signal, cancelMode, onProgress: () => {} });
        const ended = assert.rejects(within(call, 'ERROR'), { uri: 'wamp.error.canceled' });
        await within(caller.call(freshUri()).catch(() => {}), 'ERROR');   // the connection stands, and the call is made
        giveUp.abort();
        await ended;
        assert.equal(await interrupted.next(), 'wamp.error.canceled');
    }
    await assert.rejects(within(caller.call(procedure, [], {}, { timeout: 50 }), 'ERROR'), { uri: 'wamp.error.timeout' });
});

test('a registration that another page forces away is revoked', async () => {
    const procedure = freshUri();
    const [first, second] = [page(), page()];
    const registration = await within(first.register(procedure, () => 1), 'REGISTERED');
    const revoked = happens(first, 'revoked');
    await within(second.register(procedure, () => 2, { force: true }), 'REGISTERED');
    assert.equal((await revoked).detail.procedure, procedure);
    assert.ok(!registration.active);
    assert.equal((await within(first.call(procedure), 'RESULT')).result, 2);
});

test('errors of procedures travel both ways', async () => {
    const [served, serving] = [freshUri(), freshUri()];
    const carillon = page();
    const { session } = await autobahnSession();
    await within(session.register(served, () => { throw 'no'; }), 'REGISTERED');
    await assert.rejects(within(carillon.call(served), 'ERROR'), { name: 'WampError', args: ['no'] });
    await assert.rejects(within(carillon.call(freshUri()), 'ERROR'), { uri: 'wamp.error.no_such_procedure' });
    await within(carillon.register(serving, () => { throw new WampError('com.example.error.no', 'no'); }), 'REGISTERED');
    await assert.rejects(within(session.call(serving), 'ERROR'), { error: 'com.example.error.no', args: ['no'] });
});

test('a procedure that the page has unregistered is free for others', async () => {
    const procedure = freshUri();
    const [first, second] = [page(), page()];
    const registration = await within(first.register(procedure, () => 1), 'REGISTERED');
    await assert.rejects(within(second.register(procedure, () => 2), 'ERROR'), {
        uri: 'wamp.error.procedure_already_exists',
    });
    await within(registration.unregister(), 'UNREGISTERED');
    await within(second.register(procedure, () => 2), 'REGISTERED');
    assert.equal((await within(first.call(procedure), 'RESULT')).result, 2);
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
    await within(carillon.close(), 'the GOODBYE of the router');
    assert.equal(carillon.state, 'closed');
});
