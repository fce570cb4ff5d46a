/**
 * The meta API as clients of others use it. Other tests have sessions in the same realm at the same time: what is looked
 * at here is found by its id.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autobahnSession, freshUri, Inbox, wampySession, within } from './support.mjs';

/** Of the events of a topic, the arguments of those that are about a session: a dict with its id, or the id first. */
async function hearingOf(watcher, topic) {
    const inbox = new Inbox();
    await within(watcher.subscribe(topic, args => inbox.receive(args)), 'SUBSCRIBED');
    return async function next(id) {
        for (;;) {
            const args = await inbox.next(`${topic} of ${id}`);
            if ((args[0].session ?? args[0]) === id) return args;
        }
    };
}

const call = (session, procedure, args, kwargs) =>
    within(session.call(procedure, args, kwargs), `an answer of ${procedure}`);

/** What wampy is answered: the positional results. */
async function ask(wampy, procedure, argsList = [], argsDict = undefined) {
    const answer = await within(wampy.call(procedure, { argsList, argsDict }), `an answer of ${procedure}`);
    return answer.argsList;
}

test('autobahn counts, lists and describes sessions', async () => {
    const { session } = await autobahnSession();
    const { session: other } = await autobahnSession();
    const ids = await call(session, 'wamp.session.list');
    assert.ok(ids.includes(session.id) && ids.includes(other.id));
    assert.ok(await call(session, 'wamp.session.count', [['anonymous']]) >= 2);
    assert.equal(await call(session, 'wamp.session.count', [[]]), 0);
    const details = await call(session, 'wamp.session.get', [other.id]);
    assert.equal(details.session, other.id);
    assert.equal(details.authrole, 'anonymous');
    await assert.rejects(call(session, 'wamp.session.get', [1]), { error: 'wamp.error.no_such_session' });
    await assert.rejects(call(session, 'wamp.session.get', ['x']), { error: 'wamp.error.invalid_argument' });
});

test('autobahn hears who joins and who leaves', async () => {
    const { session: watcher } = await autobahnSession();
    const joined = await hearingOf(watcher, 'wamp.session.on_join');
    const left = await hearingOf(watcher, 'wamp.session.on_leave');
    const { session, connection } = await autobahnSession();
    const { id } = session;
    assert.equal((await joined(id))[0].authid, 'anonymous');
    connection.close();
    assert.deepEqual(await left(id), [id, 'anonymous', 'anonymous']);
});

test('autobahn kills a session, which is told why, and whose testament is published', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const { session: admin } = await autobahnSession();
    await within(admin.subscribe(topic, (args, kwargs) => inbox.receive({ args, kwargs })), 'SUBSCRIBED');
    const { session, closed } = await autobahnSession();
    const kept = { publish_options: { exclude_authrole: ['nobody'] } };
    await call(session, 'wamp.session.add_testament', [topic, ['destroyed'], { number: 2 }], kept);
    await call(session, 'wamp.session.add_testament', [topic, ['detached']], { scope: 'detached' });
    const { id } = session;
    await call(admin, 'wamp.session.kill', [id], { reason: 'com.example.maintenance', message: 'back at six' });
    const { details } = await within(closed, 'the end of the killed');
    assert.equal(details.reason, 'com.example.maintenance');
    assert.deepEqual((await inbox.next('the testament of detached')).args, ['detached']);
    const { args, kwargs } = await inbox.next('the testament of destroyed');
    assert.deepEqual([args, { ...kwargs }], [['destroyed'], { number: 2 }]);
    const gone = { error: 'wamp.error.no_such_session' };
    await assert.rejects(call(admin, 'wamp.session.kill', [id]), gone);
    await assert.rejects(call(admin, 'wamp.session.kill', [admin.id]), gone);
    await assert.rejects(call(admin, 'wamp.session.kill', [id], { reason: 'a b' }), { error: 'wamp.error.invalid_uri' });
});

test('a testament that autobahn has flushed is not published', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const { session: listener } = await autobahnSession();
    await within(listener.subscribe(topic, args => inbox.receive(args)), 'SUBSCRIBED');
    const { session, connection } = await autobahnSession();
    await call(session, 'wamp.session.add_testament', [topic, ['flushed']]);
    await call(session, 'wamp.session.add_testament', [topic, ['kept']], { scope: 'detached' });
    await call(session, 'wamp.session.flush_testaments');
    connection.close();
    assert.deepEqual(await inbox.next('the testament'), ['kept']);
    listener.publish(topic, ['marker'], {}, { exclude_me: false });
    assert.deepEqual(await inbox.next('the marker'), ['marker']);
});

test('autobahn finds a subscription, hears of its subscribers, and one who is removed is told why', async () => {
    const topic = freshUri();
    const { session: watcher } = await autobahnSession();
    const subscribed = await hearingOf(watcher, 'wamp.subscription.on_subscribe');
    const removed = await hearingOf(watcher, 'wamp.subscription.on_unsubscribe');
    const { session } = await autobahnSession();
    const subscription = await within(session.subscribe(topic, () => {}), 'SUBSCRIBED');
    const { id } = subscription;
    assert.deepEqual(await subscribed(session.id), [session.id, id]);
    assert.equal(await call(watcher, 'wamp.subscription.lookup', [topic]), id);
    assert.equal(await call(watcher, 'wamp.subscription.lookup', [topic, { match: 'prefix' }]), null);
    assert.ok((await call(watcher, 'wamp.subscription.match', [topic])).includes(id));
    assert.ok((await call(watcher, 'wamp.subscription.list')).exact.includes(id));
    const { created, ...details } = await call(watcher, 'wamp.subscription.get', [id]);
    assert.deepEqual(details, { id, uri: topic, match: 'exact' });
    assert.ok(Math.abs(Date.now() - Date.parse(created)) < 60_000);
    assert.deepEqual(await call(watcher, 'wamp.subscription.list_subscribers', [id]), [session.id]);
    assert.equal(await call(watcher, 'wamp.subscription.count_subscribers', [id]), 1);
    await call(watcher, 'wamp.subscription.remove_subscriber', [id, session.id], { reason: 'app.seat_taken' });
    assert.deepEqual(await removed(session.id), [session.id, id]);
    assert.equal(await within(subscription.on_unsubscribe, 'revocation'), 'app.seat_taken');
    assert.equal(subscription.active, false);
    assert.ok(session.isOpen);
    const gone = { error: 'wamp.error.no_such_subscription' };
    await assert.rejects(call(watcher, 'wamp.subscription.count_subscribers', [id]), gone);
});

test('autobahn finds a registration, and hears of its callees', async () => {
    const procedure = freshUri();
    const { session: watcher } = await autobahnSession();
    const registered = await hearingOf(watcher, 'wamp.registration.on_register');
    const removed = await hearingOf(watcher, 'wamp.registration.on_unregister');
    const { session } = await autobahnSession();
    const { id } = await within(session.register(procedure, () => 1, { invoke: 'roundrobin' }), 'REGISTERED');
    assert.deepEqual(await registered(session.id), [session.id, id]);
    assert.equal(await call(watcher, 'wamp.registration.lookup', [procedure]), id);
    assert.equal(await call(watcher, 'wamp.registration.match', [procedure]), id);
    assert.equal(await call(watcher, 'wamp.registration.match', [freshUri()]), null);
    assert.ok((await call(watcher, 'wamp.registration.list')).exact.includes(id));
    const { created, ...details } = await call(watcher, 'wamp.registration.get', [id]);
    assert.deepEqual(details, { id, uri: procedure, match: 'exact', invoke: 'roundrobin' });
    assert.ok(Math.abs(Date.now() - Date.parse(created)) < 60_000);
    assert.deepEqual(await call(watcher, 'wamp.registration.list_callees', [id]), [session.id]);
    assert.equal(await call(watcher, 'wamp.registration.count_callees', [id]), 1);
    await call(watcher, 'wamp.registration.remove_callee', [id, session.id]);
    assert.deepEqual(await removed(session.id), [session.id, id]);
    await assert.rejects(call(watcher, procedure), { error: 'wamp.error.no_such_procedure' });
});

test('autobahn reads a history page by page', async () => {
    const topic = freshUri();
    const { session } = await autobahnSession();
    const { session: publisher } = await autobahnSession();
    const inbox = new Inbox();
    const { id } = await within(session.subscribe(topic, args => inbox.receive(args)), 'SUBSCRIBED');
    for (let number = 1; number <= 5; number++) publisher.publish(topic, [number], { of: 5 });
    for (let number = 1; number <= 5; number++) await inbox.next();
    const first = await call(session, 'wamp.subscription.get_events', [id], { limit: 3 });
    assert.deepEqual(first.args.map(event => event.args), [[1], [2], [3]]);
    assert.deepEqual(first.args.map(event => event.kwargs.of), [5, 5, 5]);
    assert.equal(first.args[0].subscription, id);
    const after = { after_publication: first.args[2].publication };
    const second = await call(session, 'wamp.subscription.get_events', [id], after);
    assert.deepEqual(second.args.map(event => event.args), [[4], [5]]);
    const since = { reverse: true, from_time: second.args[0].timestamp, limit: 2 };
    const newest = await call(session, 'wamp.subscription.get_events', [id], since);
    assert.deepEqual(newest.args.map(event => event.args), [[5], [4]]);
});

test('wampy counts, lists, describes and kills sessions', async () => {
    const { wampy } = await wampySession();
    const { session: victim, closed } = await autobahnSession();
    const { id } = victim;
    assert.ok((await ask(wampy, 'wamp.session.count'))[0] >= 2);
    const [ids] = await ask(wampy, 'wamp.session.list');
    assert.ok(ids.includes(wampy.getSessionId()) && ids.includes(id));
    const [details] = await ask(wampy, 'wamp.session.get', [id]);
    assert.equal(details.session, id);
    await ask(wampy, 'wamp.session.kill', [id]);
    assert.equal((await within(closed, 'the end of the killed')).details.reason, 'wamp.close.killed');
    const gone = { errorUri: 'wamp.error.no_such_session' };
    await assert.rejects(ask(wampy, 'wamp.session.get', [id]), gone);
});

test('wampy leaves a testament, reads it in the history, and hears who left', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const left = new Inbox();
    const { wampy: reader } = await wampySession();
    const { subscriptionId } = await within(reader.subscribe(topic, inbox.receive), 'SUBSCRIBED');
    await within(reader.subscribe('wamp.session.on_leave', left.receive), 'SUBSCRIBED');
    const { wampy } = await wampySession();
    const id = wampy.getSessionId();
    await ask(wampy, 'wamp.session.add_testament', [topic, ['seeya'], { by: 'wampy' }]);
    await within(wampy.disconnect(), 'the end of wampy');
    const { argsList, argsDict } = await inbox.next('the testament');
    assert.deepEqual([argsList, argsDict], [['seeya'], { by: 'wampy' }]);
    for (let event = await left.next(); event.argsList[0] !== id; event = await left.next());
    const [event] = await ask(reader, 'wamp.subscription.get_events', [subscriptionId], { limit: 10 });
    assert.deepEqual([event.args, event.kwargs], [['seeya'], { by: 'wampy' }]);
});
