/** Which page of a browser this is, for those who would not tell it of what it does itself. Internal. */

/** The parameter of a form, or the header of another request, that says which page it comes from. */
export const PAGE = 'carillon-page';

/** Milliseconds after the loading of a page in which it may still hear of what the page before it in this tab has done. */
const STILL_ARRIVING = 10_000;

/**
 * The tab, and how many pages it has had. Pages that the tab has shown before know each other by that: when a form is saved
 * and another page shows the result, that one may still hear of it, and knows that it shows it.
 */
export class PageId {
    #tab;
    #number;
    #loadedAt;
    #wentBack;
    #now;

    constructor({
        storage = tabStorage(),
        navigation = globalThis.performance?.getEntriesByType?.('navigation')[0]?.type,
        now = () => performance.now(),
        random = randomName,
    } = {}) {
        this.#tab = storage.getItem('carillon-tab') ?? random();
        this.#number = Number(storage.getItem('carillon-pages') ?? 0) + 1;
        storage.setItem('carillon-tab', this.#tab);
        storage.setItem('carillon-pages', String(this.#number));
        this.#now = now;
        this.#loadedAt = now();
        this.#wentBack = navigation === 'back_forward';
    }

    get id() {
        return `${this.#tab}-${this.#number}`;
    }

    /** Whether this page shows what was done by that one; after a step back it may have been read before that. */
    shows(page) {
        if (page === this.id) return true;
        const [tab, number] = (page ?? '').split('-');
        return tab === this.#tab && Number(number) < this.#number && !this.#wentBack
            && this.#now() - this.#loadedAt < STILL_ARRIVING;
    }
}

/** Forms say which page they come from; those that come later, too. With GET it would be in the address, and do no good. */
export function markForms(document, id) {
    const markAll = () => document.querySelectorAll('form').forEach(form => {
        const target = new URL(form.getAttribute('action') ?? '', document.baseURI);
        if (form.getAttribute('method')?.toLowerCase() !== 'post' || target.origin !== new URL(document.baseURI).origin) return;
        if (form.querySelector(`input[name="${PAGE}"]`)) return;
        const field = document.createElement('input');
        for (const [name, value] of Object.entries({ type: 'hidden', name: PAGE, value: id })) field.setAttribute(name, value);
        form.append(field);
    });
    markAll();
    new MutationObserver(markAll).observe(document, { subtree: true, childList: true });
}

function randomName() {
    return crypto.getRandomValues(new Uint32Array(3)).reduce((all, one) => all + one.toString(36), '');
}

/** Where the user forbids it, each page is in a tab of its own. */
function tabStorage() {
    try {
        globalThis.sessionStorage.setItem('carillon-tab', globalThis.sessionStorage.getItem('carillon-tab') ?? randomName());
        return globalThis.sessionStorage;
    } catch {
        return { getItem: () => null, setItem: () => {} };
    }
}
