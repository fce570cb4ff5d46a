import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Flashes } from '../../main/resources/META-INF/resources/carillon/carillon-flash.js';
import { Document } from './support/dom.mjs';

/** A page whose clock stands still until the test moves it. */
function page() {
    const document = new Document();
    const timers = new Map();
    let next = 1;
    const environment = {
        document,
        setTimeout: (task, delay) => {
            timers.set(next, { task, delay });
            return next++;
        },
        clearTimeout: timer => timers.delete(timer),
    };
    const flashes = new Flashes(environment);
    return {
        document,
        flash: options => flashes.show(options),
        get region() {
            return document.querySelector('[data-carillon-flashes]');
        },
        get texts() {
            return document.querySelectorAll('.carillon-flash-text').map(({ textContent }) => textContent);
        },
        get delays() {
            return [...timers.values()].map(({ delay }) => delay);
        },
        timePasses: () => [...timers].forEach(([timer, { task }]) => timers.delete(timer) && task()),
        one: selector => document.querySelector(selector),
    };
}

const REGION = { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false', class: 'carillon-flashes' };

test('messages are in one live region, which is there before the first of them', () => {
    const { document, flash, region, texts } = page();
    for (const [name, value] of Object.entries(REGION)) assert.equal(region.getAttribute(name), value);
    assert.deepEqual(texts, []);
    flash({ text: 'one' });
    flash({ text: 'two' });
    assert.deepEqual(region.children.map(child => child.children[0].textContent), ['one', 'two']);
    assert.equal(document.querySelectorAll('[role="status"]').length, 1);
});

test('the page may say where the region is, and may lose it', () => {
    const { document, flash } = page();
    document.querySelector('[data-carillon-flashes]').remove();
    const own = document.createElement('aside');
    own.setAttribute('data-carillon-flashes', '');
    document.body.append(own);
    flash({ text: 'one', key: 1 });
    assert.equal(own.children.length, 1);
    assert.equal(own.getAttribute('role'), 'status');
    own.remove();
    flash({ text: 'one again', key: 1 });
    assert.deepEqual(document.body.children.map(({ textContent }) => textContent), ['one again×']);
});

test('there is one message of a key, and the second one of it changes the first', () => {
    const shown = page();
    const first = shown.flash({ key: 'order 17', text: 'changed by bob', level: 'warning' });
    const second = shown.flash({ key: 'order 17', text: 'changed by carol' });
    assert.deepEqual(shown.texts, ['changed by carol']);
    assert.equal(shown.one('.carillon-flash').dataset.level, 'warning', 'what was not named stays');
    second.close();
    assert.deepEqual([first.open, second.open, shown.texts], [false, false, []]);
    shown.flash({ key: 'order 17', text: 'changed by dave' });
    assert.deepEqual([shown.texts, first.open], [['changed by dave'], false]);
});

test('the same text is not said twice', () => {
    const shown = page();
    shown.flash({ key: 1, text: 'changed by bob' });
    shown.flash({ key: 1, text: 'changed by bob' });
    assert.equal(shown.one('.carillon-flash-text').texts, 1);
});

test('markup is text', () => {
    const shown = page();
    shown.flash({ text: '<img src=x onerror=alert(1)>' });
    assert.deepEqual(shown.texts, ['<img src=x onerror=alert(1)>']);
    assert.equal(shown.one('img'), null);
});

test('what one cannot act on goes after its time, unless somebody is at it', () => {
    const shown = page();
    const closed = [];
    const message = shown.flash({ text: 'saved', onclose: by => closed.push(by) });
    const element = shown.one('.carillon-flash');
    assert.deepEqual(shown.delays, [8000]);
    element.happens('mouseenter');
    assert.deepEqual(shown.delays, []);
    element.happens('mouseleave');
    assert.deepEqual(shown.delays, [8000]);
    shown.one('.carillon-flash-close').focus();
    assert.deepEqual(shown.delays, []);
    shown.document.body.focus();
    shown.timePasses();
    assert.deepEqual([message.open, closed, shown.texts], [false, ['time'], []]);
    message.update({ text: 'too late' });
    message.close();
    assert.deepEqual([closed, shown.texts], [['time'], []]);
});

test('what one can act on stays, and so does what is sticky', () => {
    const shown = page();
    shown.flash({ text: 'changed', action: { label: 'Reload', href: '' } });
    shown.flash({ text: 'closed soon', sticky: true });
    assert.deepEqual(shown.delays, []);
    shown.flash({ text: 'undo?', action: { label: 'Undo', run: () => {} }, sticky: false });
    assert.deepEqual(shown.delays, [8000]);
});

test('an action is a link, or a button that closes the message and then runs', () => {
    const shown = page();
    const done = [];
    shown.flash({ text: 'changed', action: { label: 'Reload', href: 'order?id=17' } });
    const link = shown.one('a');
    assert.deepEqual([link.href, link.textContent], ['order?id=17', 'Reload']);
    shown.flash({
        text: 'deleted',
        action: { label: 'Undo', run: () => done.push(shown.texts.length) },
        onclose: by => done.push(by),
    });
    shown.one('button.carillon-flash-action').click();
    assert.deepEqual(done, ['user', 1]);
});

test('an action can be changed without losing the keyboard, and be taken away', () => {
    const shown = page();
    const message = shown.flash({ text: 'closes in 2 minutes', action: { label: 'Wait', run: () => {} } });
    shown.one('.carillon-flash-action').focus();
    message.update({ action: { label: 'Wait 1 minute more', run: () => {} } });
    assert.equal(shown.document.activeElement.textContent, 'Wait 1 minute more');
    assert.deepEqual(shown.one('.carillon-flash').children.map(({ localName }) => localName), ['span', 'button', 'button']);
    message.update({ action: null });
    assert.equal(shown.document.activeElement.getAttribute('aria-label'), 'Close');
    assert.equal(shown.one('.carillon-flash-action'), null);
});

test('Escape closes the message that the keyboard is in, and no dialog of the page', () => {
    const shown = page();
    const field = shown.document.createElement('input');
    shown.document.body.append(field);
    field.focus();
    const closed = [];
    const [one, two] = ['one', 'two'].map(text => shown.flash({ text, sticky: true, onclose: by => closed.push(text + by) }));
    field.happens('keydown', { key: 'Escape' });
    assert.deepEqual([one.open, two.open], [true, true]);
    const buttons = shown.document.querySelectorAll('.carillon-flash-close');
    buttons[0].focus();
    buttons[0].happens('keydown', { key: 'Tab' });
    assert.equal(buttons[0].happens('keydown', { key: 'Escape' }), true, 'nobody else hears of it');
    assert.deepEqual([one.open, two.open, closed], [false, true, ['oneuser']]);
    assert.equal(shown.document.activeElement, buttons[1], 'the keyboard goes to the next message');
});

test('when the last message is closed the keyboard is back where it came from', () => {
    const shown = page();
    const field = shown.document.createElement('input');
    shown.document.body.append(field);
    field.focus();
    shown.flash({ text: 'one', sticky: true });
    shown.one('.carillon-flash-close').focus();
    shown.one('.carillon-flash-close').click();
    assert.equal(shown.document.activeElement, field);
});

test('what counts down is not read out, but for the changes that are to be', () => {
    const shown = page();
    const message = shown.flash({ text: 'closes in 60 s', sticky: true });
    const text = shown.one('.carillon-flash-text');
    assert.equal(text.getAttribute('aria-live'), 'polite');
    message.update({ text: 'closes in 59 s', quiet: true });
    assert.deepEqual([text.getAttribute('aria-live'), text.textContent], ['off', 'closes in 59 s']);
    message.update({ text: 'closes in 30 s' });
    assert.equal(text.getAttribute('aria-live'), 'polite');
    message.update({ text: 'closed', level: 'error' });
    assert.deepEqual([text.getAttribute('aria-live'), shown.one('.carillon-flash').dataset.level], ['assertive', 'error']);
});

test('the style sheet is linked once, with the nonce of the page, and not if the page has it', () => {
    const { document } = page();
    const [link] = document.querySelectorAll('link[rel="stylesheet"]');
    assert.match(link.href, /carillon\/carillon\.css$/);
    new Flashes({ document });
    assert.equal(document.querySelectorAll('link').length, 1);
    const strict = new Document();
    const script = strict.createElement('script');
    script.setAttribute('nonce', '');
    script.nonce = 'abc';
    strict.head.append(script);
    new Flashes({ document: strict });
    assert.equal(strict.querySelector('link').nonce, 'abc');
});

test('what is no message is refused at once', () => {
    const { flash, texts } = page();
    const run = () => {};
    for (const wrong of [
        {}, { text: 17 }, { text: '', level: 'fatal' }, { text: '', action: { label: 'both', href: '', run } },
        { text: '', action: { label: 'none' } }, { text: '', action: { run } },
    ]) {
        assert.throws(() => flash(wrong), TypeError);
    }
    assert.throws(() => flash({ text: 'right' }).update({ text: null }), TypeError);
    assert.deepEqual(texts, []);
});
