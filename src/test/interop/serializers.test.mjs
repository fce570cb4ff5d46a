import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CborSerializer } from 'wampy/CborSerializer.js';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { Wampy } from 'wampy';
import { autobahn, autobahnSession, freshUri, Inbox, wampySession, within } from './support.mjs';

/** What a client of either kind can do here, in one form. */
async function autobahnPeer(serializer) {
    const { session } = await autobahnSession(serializer ? { serializers: [new serializer()] } : {});
    return {
        hears: (topic, inbox) => session.subscribe(topic, (args, kwargs) => inbox.receive([args, { ...kwargs }])),
        says: (topic, args, kwargs) => session.publish(topic, args, kwargs, { acknowledge: true }),
        serves: (procedure, answer) => session.register(procedure, args => answer(args)),
        calls: (procedure, args) => session.call(procedure, args),
    };
}

async function wampyPeer(serializer) {
    const { wampy } = await wampySession(Wampy, serializer ? { serializer: new serializer() } : {});
    return {
        hears: (topic, inbox) =>
            wampy.subscribe(topic, ({ argsList, argsDict }) => inbox.receive([argsList, { ...argsDict }])),
        says: (topic, argsList, argsDict) => wampy.publish(topic, { argsList, argsDict }),
        serves: (procedure, answer) =>
            wampy.register(procedure, ({ argsList }) => ({ argsList: [answer(argsList)] })),
        calls: async (procedure, args) => (await wampy.call(procedure, args)).argsList[0],
    };
}

/** Compares values; msgpackr makes a BigInt of every integer that was sent in 8 bytes, also of small ones. */
function assertSame(actual, expected, message) {
    const plain = value =>
        JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner)));
    assert.deepEqual(plain(actual), expected, message);
}

/** Four libraries for the two binary formats, and JSON. */
const PEERS = {
    'autobahn, JSON': () => autobahnPeer(autobahn.serializer.JSONSerializer),
    'autobahn, MessagePack (msgpack5)': () => autobahnPeer(autobahn.serializer.MsgpackSerializer),
    'autobahn, CBOR (cbor)': () => autobahnPeer(autobahn.serializer.CBORSerializer),
    'wampy, JSON': () => wampyPeer(),
    'wampy, MessagePack (msgpackr)': () => wampyPeer(MsgpackSerializer),
    'wampy, CBOR (cbor-x)': () => wampyPeer(CborSerializer),
};

const VALUES = [
    null, true, false, 0, 23, 24, -1, -33, 255, 256, 65536, -65537, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53 - 1,
    0.5, -1.25, 1.1, 1e300, '', 'x'.repeat(40), 'x'.repeat(300), 'žluťoučký 🔔 \u0000 "\\', [], [[1, [2]]], {},
    { a: { b: [null, { c: 'd' }] } }, Array.from({ length: 100 }, (_, i) => i),
];

for (const [name, join] of Object.entries(PEERS)) {
    test(`what is published by ${name} is understood by all`, async () => {
        const topic = freshUri();
        const inboxes = [];
        for (const [receiver, joinReceiver] of Object.entries(PEERS)) {
            const inbox = new Inbox();
            const peer = await joinReceiver();
            await within(peer.hears(topic, inbox), `SUBSCRIBED for ${receiver}`);
            inboxes.push([receiver, inbox]);
        }
        const publisher = await join();
        await within(publisher.says(topic, VALUES, { values: VALUES, 'ž': 1 }), 'PUBLISHED');
        for (const [receiver, inbox] of inboxes) {
            assertSame(await inbox.next(), [VALUES, { values: VALUES, 'ž': 1 }], receiver);
        }
    });

    test(`a procedure that ${name} serves is called by all`, async () => {
        const procedure = freshUri();
        const callee = await join();
        await within(callee.serves(procedure, ([value]) => ({ echo: value })), 'REGISTERED');
        for (const [caller, joinCaller] of Object.entries(PEERS)) {
            const peer = await joinCaller();
            const result = await within(peer.calls(procedure, [VALUES]), `RESULT for ${caller}`);
            assertSame(result, { echo: VALUES }, caller);
        }
    });
}

test('binary is binary in CBOR and MessagePack, and a string that begins with NUL in JSON', async () => {
    const bytes = [1, 2, 3, 255];
    const inJson = '\u0000' + Buffer.from(bytes).toString('base64');
    for (const [name, join] of Object.entries(PEERS)) {
        const topic = freshUri();
        const inboxes = [];
        for (const [receiver, joinReceiver] of Object.entries(PEERS)) {
            const inbox = new Inbox();
            await within((await joinReceiver()).hears(topic, inbox), `SUBSCRIBED for ${receiver}`);
            inboxes.push([receiver, inbox]);
        }
        const publisher = await join();
        const value = name.endsWith('JSON') ? inJson : Buffer.from(bytes);
        await within(publisher.says(topic, [value], {}), 'PUBLISHED');
        for (const [receiver, inbox] of inboxes) {
            const [[heard]] = await inbox.next();
            if (receiver.endsWith('JSON')) assert.equal(heard, inJson, `${name} to ${receiver}`);
            else assert.deepEqual([...heard], bytes, `${name} to ${receiver}`);
        }
    }
});
