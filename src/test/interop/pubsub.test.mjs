/** The Advanced Profile of publish and subscribe, as far as autobahn and wampy know it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autobahnSession, freshUri, Inbox, wampySession, within } from './support.mjs';

/** An inbox that gets `{ args, topic, publisher, authid, authrole, retained }` of an autobahn subscription. */
async function autobahnHears(session, topic, options) {
    const inbox = new Inbox();
    const hear = (args, kwargs, event) => inbox.receive({
        args,
        publication: event.publication,
        topic: event.topic,
        publisher: event.publisher,
        authid: event.publisher_authid,
        authrole: event.publisher_authrole,
        retained: event.retained,
    });
    await within(session.subscribe(topic, hear, options), 'SUBSCRIBED');
    return inbox;
}

async function wampyHears(wampy, topic, options) {
    const inbox = new Inbox();
    const hear = ({ argsList, details }) => inbox.receive({
        args: argsList,
        topic: details.topic,
        publisher: details.publisher,
        authid: details.publisher_authid,
        authrole: details.publisher_authrole,
        retained: details.retained,
    });
    await within(wampy.subscribe(topic, hear, options), 'SUBSCRIBED');
    return inbox;
}

const autobahnPublishes = (session, topic, what, options = {}) =>
    within(session.publish(topic, [what], {}, { acknowledge: true, ...options }), 'PUBLISHED');

test('autobahn hears the topics of a prefix and of a wildcard pattern, and which they are', async () => {
    const root = freshUri();
    const { session } = await autobahnSession();
    const prefix = await autobahnHears(session, `${root}.a`, { match: 'prefix' });
    const wildcard = await autobahnHears(session, `${root}..last`, { match: 'wildcard' });
    const { session: publisher } = await autobahnSession();
    await autobahnPublishes(publisher, `${root}.b.last`, 1);
    await autobahnPublishes(publisher, `${root}.abc`, 2);
    await autobahnPublishes(publisher, `${root}.a.last`, 3);
    const heard = async inbox => {
        const { args, topic } = await inbox.next();
        return [args[0], topic];
    };
    assert.deepEqual(await heard(prefix), [2, `${root}.abc`]);
    assert.deepEqual(await heard(prefix), [3, `${root}.a.last`]);
    assert.deepEqual(await heard(wildcard), [1, `${root}.b.last`]);
    assert.deepEqual(await heard(wildcard), [3, `${root}.a.last`]);
});

test('a publication has one id for all subscriptions of autobahn that match', async () => {
    const root = freshUri();
    const { session } = await autobahnSession();
    const inboxes = [
        await autobahnHears(session, `${root}.a`),
        await autobahnHears(session, root, { match: 'prefix' }),
        await autobahnHears(session, `${root}.`, { match: 'wildcard' }),
    ];
    const { session: publisher } = await autobahnSession();
    const { id } = await autobahnPublishes(publisher, `${root}.a`, 1);
    for (const inbox of inboxes) assert.equal((await inbox.next()).publication, id);
});

test('wampy hears the topics of a pattern, also from autobahn', async () => {
    const root = freshUri();
    const { wampy } = await wampySession();
    const prefix = await wampyHears(wampy, root, { match: 'prefix' });
    const wildcard = await wampyHears(wampy, `${root}..x`, { match: 'wildcard' });
    const { session: publisher } = await autobahnSession();
    await autobahnPublishes(publisher, `${root}.a.x`, 1);
    for (const inbox of [prefix, wildcard]) {
        const { args, topic } = await inbox.next();
        assert.deepEqual([args, topic], [[1], `${root}.a.x`]);
    }
});

test('autobahn chooses its receivers by eligible and exclude, and an empty eligible is nobody', async () => {
    const topic = freshUri();
    const { session: first } = await autobahnSession();
    const { session: second } = await autobahnSession();
    const inboxes = [await autobahnHears(first, topic), await autobahnHears(second, topic)];
    const { session: publisher } = await autobahnSession();
    await autobahnPublishes(publisher, topic, 'nobody', { eligible: [] });
    await autobahnPublishes(publisher, topic, 'first', { eligible: [first.id] });
    await autobahnPublishes(publisher, topic, 'second', { exclude: [first.id] });
    await autobahnPublishes(publisher, topic, 'nobody', { eligible: [first.id], exclude: [first.id] });
    await autobahnPublishes(publisher, topic, 'nobody', { exclude_authid: ['anonymous'] });
    await autobahnPublishes(publisher, topic, 'nobody', { eligible_authrole: ['administrator'] });
    await autobahnPublishes(publisher, topic, 'both', { eligible_authid: ['anonymous'], exclude_authrole: [] });
    const heard = async inbox => [(await inbox.next()).args[0], (await inbox.next()).args[0]];
    assert.deepEqual(await heard(inboxes[0]), ['first', 'both']);
    assert.deepEqual(await heard(inboxes[1]), ['second', 'both']);
});

test('wampy chooses its receivers by eligible and exclude', async () => {
    const topic = freshUri();
    const { session: first } = await autobahnSession();
    const { session: second } = await autobahnSession();
    const inboxes = [await autobahnHears(first, topic), await autobahnHears(second, topic)];
    const { wampy } = await wampySession();
    const publish = (what, options) => within(wampy.publish(topic, [what], options), 'PUBLISHED');
    await publish('first', { eligible: first.id });
    await publish('second', { exclude: [first.id] });
    await publish('nobody', { exclude_authid: 'anonymous' });
    await publish('nobody', { eligible_authrole: ['administrator'] });
    await publish('both', { eligible_authid: ['anonymous', 'somebody'] });
    const heard = async inbox => [(await inbox.next()).args[0], (await inbox.next()).args[0]];
    assert.deepEqual(await heard(inboxes[0]), ['first', 'both']);
    assert.deepEqual(await heard(inboxes[1]), ['second', 'both']);
});

test('who publishes is said if autobahn or wampy want it, and not otherwise', async () => {
    const topic = freshUri();
    const { session } = await autobahnSession();
    const { wampy, welcome } = await wampySession();
    const toAutobahn = await autobahnHears(session, topic);
    const toWampy = await wampyHears(wampy, topic);
    const { session: publisher } = await autobahnSession();
    await autobahnPublishes(publisher, topic, 'open', { disclose_me: true });
    for (const inbox of [toAutobahn, toWampy]) {
        const { publisher: id, authid, authrole } = await inbox.next();
        assert.deepEqual([id, authid, authrole], [publisher.id, 'anonymous', 'anonymous']);
    }
    await autobahnPublishes(publisher, topic, 'hidden');
    assert.equal((await toAutobahn.next()).publisher, undefined);
    assert.equal((await toWampy.next()).publisher, undefined);
    await within(wampy.publish(topic, ['open'], { disclose_me: true }), 'PUBLISHED');
    const { publisher: id } = await toAutobahn.next();
    assert.ok(id >= 1 && id !== publisher.id && id !== session.id, `the id of wampy in ${JSON.stringify(welcome)}: ${id}`);
});

test('what autobahn retains waits for autobahn and wampy, if they ask for it', async () => {
    const topic = freshUri();
    const { session: publisher } = await autobahnSession();
    await autobahnPublishes(publisher, topic, 'old', { retain: true });
    const { id } = await autobahnPublishes(publisher, topic, 'retained', { retain: true });
    await autobahnPublishes(publisher, topic, 'for nobody', { retain: true, eligible: [] });
    const { session } = await autobahnSession();
    const { wampy } = await wampySession();
    const toAutobahn = await autobahnHears(session, topic, { get_retained: true });
    const toWampy = await wampyHears(wampy, topic, { get_retained: true });
    const first = await toAutobahn.next();
    assert.deepEqual([first.args, first.retained, first.publication], [['retained'], true, id]);
    const second = await toWampy.next();
    assert.deepEqual([second.args, second.retained], [['retained'], true]);
    const { session: unasking } = await autobahnSession();
    const toUnasking = await autobahnHears(unasking, topic);
    await autobahnPublishes(publisher, topic, 'live');
    assert.deepEqual((await toUnasking.next()).args, ['live']);
    assert.equal((await toAutobahn.next()).retained, false);
});

test('what wampy packs by itself reaches a wampy, and is left out for an autobahn that cannot unpack it', async () => {
    const topic = freshUri();
    const { session } = await autobahnSession();
    const { wampy } = await wampySession();
    const toAutobahn = await autobahnHears(session, topic);
    const toWampy = await wampyHears(wampy, topic);
    const { wampy: publisher } = await wampySession();
    const packed = { ppt_scheme: 'x_packed', ppt_serializer: 'json' };
    await within(publisher.publish(topic, { argsList: ['packed'] }, packed), 'PUBLISHED');
    await within(publisher.publish(topic, ['plain']), 'PUBLISHED');
    assert.deepEqual((await toWampy.next()).args, ['packed']);
    assert.deepEqual((await toAutobahn.next()).args, ['plain']);
});
