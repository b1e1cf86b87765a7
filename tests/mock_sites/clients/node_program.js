// A merchant's program with QIWI's Node SDK, of which nothing is changed. Reads one JSON object from
// standard input and writes one answer as JSON per call. Only the network is arranged: the
// provider's host leads to a port of this machine.
const tls = require('tls');

const HOST = 'api.qiwi.com';
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const connect = tls.connect;
tls.connect = (options, ...rest) => {
    if (options.host !== HOST) throw new Error(`an unknown host: ${options.host}`);
    return connect({ ...options, host: '127.0.0.1', port: asked.port, servername: HOST }, ...rest);
};

const Client = require(asked.package);
const client = new Client(asked.secret_key);

(async () => {
    for (const [name, values] of asked.calls) {
        let answer;
        try {
            answer = await client[name](...values);
        } catch (error) {
            answer = { status: error.statusCode, error: error.error };
        }
        console.log(JSON.stringify(answer));
    }
})();
