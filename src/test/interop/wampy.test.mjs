import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CarelessWampy, freshUri, Inbox, wampySession, within } from './support.mjs';

async function listening(topic) {
    const inbox = new Inbox();
    const client = await wampySession();
    await within(client.wampy.subscribe(topic, inbox.receive), 'SUBSCRIBED');
    return { ...client, inbox };
}

test('wampy is welcomed with features of broker and dealer, which it reads unguarded', async () => {
    const { welcome } = await wampySession();
    assert.equal(typeof welcome.roles.broker.features, 'object');
    assert.equal(typeof welcome.roles.dealer.features, 'object');
});

test('wampy hears what another wampy publishes, with its list, its dictionary and its publication id', async () => {
    const topic = freshUri();
    const { inbox } = await listening(topic);
    const { wampy: publisher } = await wampySession();
    const payload = { argsList: [1, 'two', null], argsDict: { three: { four: [5] } } };
    const { publicationId } = await within(publisher.publish(topic, payload), 'PUBLISHED');
    const event = await inbox.next();
    assert.deepEqual([event.argsList, event.argsDict], [payload.argsList, payload.argsDict]);
    assert.equal(event.details.publication ?? publicationId, publicationId);
});

test('a wampy publisher does not hear itself', async () => {
    const topic = freshUri();
    const { inbox, wampy } = await listening(topic);
    const { wampy: other } = await wampySession();
    await within(wampy.publish(topic, ['own']), 'PUBLISHED');
    await within(wampy.publish(topic, ['own'], { exclude_me: true }), 'PUBLISHED');
    await within(other.publish(topic, ['of another']), 'PUBLISHED');
    assert.deepEqual((await inbox.next()).argsList, ['of another']);
});

test('wampy hears nothing of a topic it has unsubscribed', async () => {
    const topic = freshUri();
    const { inbox, wampy } = await listening(topic);
    const marker = freshUri();
    await within(wampy.subscribe(marker, inbox.receive), 'SUBSCRIBED');
    const { subscriptionId } = await within(wampy.subscribe(topic, () => {}), 'the shared subscription');
    await within(wampy.unsubscribe(subscriptionId), 'UNSUBSCRIBED');
    const { wampy: publisher } = await wampySession();
    await within(publisher.publish(topic, ['unwanted']), 'PUBLISHED');
    await within(publisher.publish(marker, ['marker']), 'PUBLISHED');
    assert.deepEqual((await inbox.next()).argsList, ['marker']);
});

test('an invalid URI is an ERROR to wampy and the session goes on', async () => {
    const { wampy } = await wampySession(CarelessWampy);
    const invalid = { errorUri: 'wamp.error.invalid_uri' };
    await assert.rejects(within(wampy.subscribe('a..b', () => {}), 'ERROR'), invalid);
    await assert.rejects(within(wampy.publish('a..b', [1]), 'ERROR'), invalid);
    const { subscriptionId } = await within(wampy.subscribe(freshUri(), () => {}), 'SUBSCRIBED');
    assert.ok(subscriptionId >= 1);
});

test('wampy leaves with GOODBYE and is answered', async () => {
    const { wampy, closed } = await wampySession();
    await within(wampy.disconnect(), 'GOODBYE');
    await within(closed, 'the end of the connection');
});
