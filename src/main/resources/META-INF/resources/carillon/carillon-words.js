/** Words for people, as the modules beside this one need them. Internal. */

/** "one, two and three", in the language of the page. */
export function enumerated(names) {
    const language = globalThis.document?.documentElement?.lang || 'en';
    return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** Puts values into `{placeholders}`. A sentence that begins with a thing has a capital letter; users are spelt as they are. */
export function sentence(template, values) {
    const text = template.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]);
    return template.startsWith('{what}') ? capitalized(text) : text;
}

export function capitalized(text) {
    return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** `SalesOrder` is a "sales order". */
export function words(type) {
    return type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}
