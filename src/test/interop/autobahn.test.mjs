import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autobahnSession, freshUri, Inbox, within } from './support.mjs';

/** A session that subscribes and hears what comes as `{ args, kwargs, details }`. */
async function listening(topic) {
    const inbox = new Inbox();
    const client = await autobahnSession();
    const hear = (args, kwargs, details) => inbox.receive({ args, kwargs, details });
    const subscription = await within(client.session.subscribe(topic, hear), 'SUBSCRIBED');
    return { ...client, inbox, subscription };
}

test('autobahn gets a session and finds the roles of broker and dealer', async () => {
    const { session } = await autobahnSession();
    assert.ok(session.id >= 1 && session.id <= 2 ** 53);
    assert.ok(session.features.subscriber, 'WELCOME names no broker');
    assert.ok(session.features.caller, 'WELCOME names no dealer');
});

test('autobahn hears what another autobahn publishes without acknowledge, in order', async () => {
    const topic = freshUri();
    const { inbox } = await listening(topic);
    const { session: publisher } = await autobahnSession();
    for (let number = 1; number <= 100; number++) publisher.publish(topic, [number], { of: 100 });
    for (let number = 1; number <= 100; number++) {
        const { args, kwargs } = await inbox.next(`event ${number}`);
        assert.deepEqual([args, { ...kwargs }], [[number], { of: 100 }]);
    }
});

test('an acknowledged publication of autobahn carries the same id at publisher and subscriber', async () => {
    const topic = freshUri();
    const { inbox } = await listening(topic);
    const { session: publisher } = await autobahnSession();
    const publication = await within(publisher.publish(topic, ['a'], {}, { acknowledge: true }), 'PUBLISHED');
    const { details } = await inbox.next();
    assert.equal(details.publication, publication.id);
});

test('values of every kind arrive as they were sent', async () => {
    const topic = freshUri();
    const { inbox } = await listening(topic);
    const { session: publisher } = await autobahnSession();
    const texts = ['', 'žluťoučký 🔔 \u0000 "\\'];
    const values = [null, true, 0, -1.5, 2 ** 53 - 1, ...texts, [], [[1]], {}, { a: { b: [null] } }];
    publisher.publish(topic, values, { value: values });
    const { args, kwargs } = await inbox.next();
    assert.deepEqual(args, values);
    assert.deepEqual(kwargs.value, values);
});

test('an autobahn publisher does not hear itself, unless it says exclude_me: false', async () => {
    const topic = freshUri();
    const { inbox, session } = await listening(topic);
    await within(session.publish(topic, ['excluded'], {}, { acknowledge: true }), 'PUBLISHED');
    await within(session.publish(topic, ['included'], {}, { acknowledge: true, exclude_me: false }), 'PUBLISHED');
    assert.deepEqual((await inbox.next()).args, ['included']);
});

test('autobahn hears nothing of a topic it has unsubscribed', async () => {
    const topic = freshUri();
    const { inbox, session, subscription } = await listening(topic);
    const marker = freshUri();
    await within(session.subscribe(marker, args => inbox.receive({ args })), 'SUBSCRIBED');
    await within(session.unsubscribe(subscription), 'UNSUBSCRIBED');
    const { session: publisher } = await autobahnSession();
    publisher.publish(topic, ['unwanted']);
    publisher.publish(marker, ['marker']);
    assert.deepEqual((await inbox.next()).args, ['marker']);
    assert.ok(session.isOpen);
});

test('an invalid URI is an ERROR to autobahn and the session goes on', async () => {
    const { session } = await autobahnSession();
    const invalid = { error: 'wamp.error.invalid_uri' };
    await assert.rejects(within(session.subscribe('a..b', () => {}), 'ERROR'), invalid);
    await assert.rejects(within(session.publish('a..b', [], {}, { acknowledge: true }), 'ERROR'), invalid);
    session.publish('a..b', ['nobody is told']);
    const topic = freshUri();
    const subscription = await within(session.subscribe(topic, () => {}), 'SUBSCRIBED');
    assert.ok(subscription.active);
});

test('autobahn leaves with GOODBYE and is answered with GOODBYE', async () => {
    const { connection, closed } = await autobahnSession();
    connection.close();
    const { reason, details } = await within(closed, 'the end of the connection');
    assert.equal(reason, 'closed');
    assert.equal(details.reason, 'wamp.close.goodbye_and_out');
});
