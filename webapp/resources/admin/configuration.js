// Every setting, as it is in force.

import { Table, byId, element, many, setText } from './dom.js';

export function configuration(router) {
  const filter = byId('configuration-filter');
  const onlySet = byId('configuration-set');
  let all = [];

  const table = new Table(byId('configuration-table'), [
    { label: 'Key', make: ({ key }) => element('code', {}, key) },
    { label: 'Value', kind: 'value', text: ({ value }) => value || '–' },
    { label: 'Source', make: setting => (setting.default
      ? element('span', { class: 'soft' }, 'default')
      : element('span', { class: 'badge' }, 'set')) },
  ], ({ key }) => key);

  function show() {
    const words = filter.value.trim().toLowerCase();
    const found = all.filter(setting => !(onlySet.checked && setting.default)
      && `${setting.key} ${setting.value}`.toLowerCase().includes(words));
    table.show(found);
    byId('configuration-empty').hidden = found.length > 0;
    const set = all.filter(setting => !setting.default).length;
    setText(byId('configuration-summary'), `${many(all.length, 'setting')}, of which ${set} ${set === 1 ? 'is' : 'are'} set.`
      + ' They are read once, when the application starts.');
  }

  filter.addEventListener('input', show);
  onlySet.addEventListener('change', show);

  return {
    async load() {
      all = await router.call('carillon.configuration');
      show();
    },
  };
}
