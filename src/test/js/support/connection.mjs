/** A connection whose router is the test: it keeps what a page subscribes to, and lets it be told. */
export class Connection {
    user = 'alice';
    sessionId = 1001;
    /** Topics of which the router serves no subscription. */
    refused = new Set();
    /** @type {Map<string, {callback: Function, options: object}>} by topic */
    subscribed = new Map();
    /** In order, with `+` or `-` before the topic. */
    log = [];

    async subscribe(topic, callback, options) {
        if (this.refused.has(topic)) throw new Error(`${topic} is refused`);
        this.log.push(`+${topic}`);
        const entry = { callback, options };
        this.subscribed.set(topic, entry);
        return {
            unsubscribe: async () => {
                this.log.push(`-${topic}`);
                if (this.subscribed.get(topic) === entry) this.subscribed.delete(topic);
            },
        };
    }

    presence(topic, callback, options) {
        return this.subscribe(`carillon.presence.${topic}`, callback, options);
    }

    tells(topic, payload) {
        this.subscribed.get(topic).callback({ payload });
    }

    lists(topic, ...users) {
        this.subscribed.get(`carillon.presence.${topic}`).callback(users);
    }
}
