import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autobahnSession, freshUri, Inbox, wampySession, within } from './support.mjs';

test('autobahn hears what wampy publishes', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const { session } = await autobahnSession();
    await within(session.subscribe(topic, (args, kwargs) => inbox.receive([args, { ...kwargs }])), 'SUBSCRIBED');
    const { wampy } = await wampySession();
    await within(wampy.publish(topic, { argsList: [{ state: 'shipped' }], argsDict: { by: 'bob' } }), 'PUBLISHED');
    assert.deepEqual(await inbox.next(), [[{ state: 'shipped' }], { by: 'bob' }]);
});

test('wampy hears what autobahn publishes', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const { wampy } = await wampySession();
    await within(wampy.subscribe(topic, inbox.receive), 'SUBSCRIBED');
    const { session } = await autobahnSession();
    session.publish(topic, [{ state: 'shipped' }], { by: 'bob' });
    const { argsList, argsDict } = await inbox.next();
    assert.deepEqual([argsList, argsDict], [[{ state: 'shipped' }], { by: 'bob' }]);
});

test('one publication has the same id for a subscriber of either kind', async () => {
    const topic = freshUri();
    const inbox = new Inbox();
    const { session } = await autobahnSession();
    await within(session.subscribe(topic, (args, kwargs, { publication }) => inbox.receive(publication)), 'SUBSCRIBED');
    const { wampy } = await wampySession();
    const { publicationId } = await within(wampy.publish(topic, ['x']), 'PUBLISHED');
    assert.equal(await inbox.next(), publicationId);
});
