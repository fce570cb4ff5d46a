/** What a page written in TypeScript says; `npm run types` checks that the types of the scripts understand it. */
import { connect, LoginRequired, Result, WampError } from 'carillon';
import { pageHeaders, trackContent } from 'carillon-content';
import { flash } from 'carillon-flash';
import { here } from 'carillon-here';
import { followMaintenance } from 'carillon-maintenance';
import { ofUser, showJobs, showReminders, showRights, userTopic } from 'carillon-ready';
import type { Tracking } from 'carillon-content';
import type { Flash } from 'carillon-flash';
import type { Stay } from 'carillon-here';
import type { Following } from 'carillon-maintenance';
import type { Carillon, Invocation, Registration, State, Subscription, TopicEvent } from 'carillon';

interface Shipped {
    order: number;
    by: string;
}

const carillon: Carillon = connect();
connect({
    url: new URL('wss://shop.example/app/wamp'),
    ticketUrl: '/login/ticket',
    realm: 'shop',
    anonymous: false,
    shared: true,
    retry: { first: 500, cap: 10_000 },
    ticket: async signal => {
        const response = await fetch('/login/ticket', { method: 'POST', signal });
        if (response.status === 401) throw new LoginRequired();
        return response.text();
    },
});

const subscription: Subscription = await carillon.subscribe<Shipped>('orders/17', event => {
    const by: string = event.payload.by;
    console.log(event.topic, by, event.publication + 1, event.details.publisher_authid);
}, { match: 'prefix', onerror: error => console.warn(error.uri) });
subscription.onerror = null;
await carillon.subscribe('news', (event: TopicEvent) => console.log(event.args.length, event.kwargs.title));
const position: string | null = subscription.position;
await carillon.subscribe('orders', event => console.log(event.position?.length, event.replayed, event.publisher?.authid), {
    match: 'wildcard', after: position, retained: true, onGap: gap => console.log(gap.topic, gap.position),
});
carillon.addEventListener('gap', ({ detail }) => console.log(detail.topic));
carillon.addEventListener('revoked', ({ detail }) => console.log(detail.procedure, detail.error.uri));

carillon.addEventListener('lost', ({ detail }) => console.log(detail.reason, detail.attempt + 1, detail.delay + 1));
carillon.addEventListener('login', ({ detail }) => console.log(detail.uri?.length, detail.code));
carillon.addEventListener('error', ({ detail: { topic, error } }) => console.log(topic, error.uri), { once: true });

try {
    const publication: number = await carillon.publish('chat', { text: 'hi' }, { acknowledge: true, exclude_me: false });
    console.log(publication);
    await carillon.publish('chat');
} catch (error) {
    if (error instanceof WampError) console.log(error.uri, error.args[0]);
}

const { result, kwargs } = await carillon.call<number>('orders.total', [17], { currency: 'EUR' });
console.log(result.toFixed(2), kwargs.currency);
await carillon.call('ping');
await carillon.call('report', [], {}, {
    onProgress: part => console.log(part.result), signal: AbortSignal.timeout(100), cancelMode: 'kill', timeout: 5000,
});
await carillon.register('report', ({ progress, signal, caller }: Invocation) => {
    progress?.(50);
    if (!signal.aborted) console.log(caller?.authid);
}, { invoke: 'roundrobin', force: true, discloseCaller: true });
const registration: Registration = await carillon.register('page.title', async ({ payload, kwargs }: Invocation) => {
    if (payload === null) throw new WampError('com.example.error.no_title', 'no title', { args: [1] });
    return new Result([document.title], { long: kwargs.long });
}, { onerror: error => console.warn(error.uri) });
await registration.unregister();

const state: State = carillon.state;
if (state === 'login') carillon.reconnect();
await subscription.unsubscribe();
await carillon.close();

// @ts-expect-error the state is the client's to change
carillon.state = 'open';
// @ts-expect-error a topic is a string
carillon.subscribe(17, () => {});
// @ts-expect-error there is no such event
const wrong: (event: CustomEvent<{ nothing: string }>) => void = carillon.addEventListener('lost', ({ detail }) => detail.nothing);

const message: Flash = flash({ key: 17, text: 'changed', action: { label: 'Reload', href: '' }, level: 'warning' });
message.update({ text: 'changed again', quiet: true, action: null, onclose: by => console.log(by === 'user') });
flash({ text: 'deleted', action: { label: 'Undo', run: () => message.close() }, sticky: message.open });
// @ts-expect-error an action does one of two things
flash({ text: 'deleted', action: { label: 'Undo' } });

const tracking: Tracking = trackContent({
    carillon, tags: 'Order#17 Order', after: position, own: false, texts: { reload: 'Neu laden' },
    onChange: ({ label, by, byYou, removed }) => console.log(`${label} ${by?.length} ${byYou || removed}`),
    onError: error => console.warn(error.uri), onReload: () => location.reload(),
});
await tracking.ready;
await fetch('/orders/17', { method: 'PUT', headers: pageHeaders() });
const stay: Stay = here('Order/17', {
    carillon, mode: 'viewing', element: document.querySelector<HTMLElement>('#others'),
    onChange: others => console.log(others.map(({ user, mode }) => `${user} ${mode}`), carillon.user?.length),
});
stay.become('editing');
await Promise.all([stay.stop(), tracking.stop()]);
// @ts-expect-error there are two modes
stay.become('reading');

const following: Following = followMaintenance({
    carillon, passes: false, reload: 'offer', unsaved: () => true, texts: { title: 'Geschlossen' },
    onChange: ({ state, end }) => console.log(`${state} ${end?.length}`), onError: error => console.warn(error.uri),
});
if (following.status.state === 'closed') await following.stop();
// @ts-expect-error there are two ways
followMaintenance({ carillon, reload: 'never' });

const jobs: Subscription = await showJobs({ carillon, texts: { succeeded: '{what} ist fertig' } });
await ofUser<{ unread: number }>(carillon, 'mail', ({ payload }) => console.log(payload.unread), { retained: true });
await showReminders({ carillon, onDismiss: id => carillon.call('calendar.dismiss', [id]) });
await Promise.all([showRights({ carillon, onChange: () => location.reload() }), jobs.unsubscribe()]);
console.log(userTopic('alice', 'mail').length);
