<?php
// A merchant's program with QIWI's PHP SDK, of which nothing is changed. Reads one JSON object from
// standard input and writes one answer as JSON per call. Only the network is arranged, by the SDK's
// own options: the provider's host leads to a port of this machine.
use Qiwi\Api\BillPayments;
use Qiwi\Api\BillPaymentsException;

$asked = json_decode(stream_get_contents(STDIN), true);
require $asked['autoload'];

$client = new BillPayments($asked['secret_key'], [
    CURLOPT_CONNECT_TO => ["api.qiwi.com:443:127.0.0.1:{$asked['port']}"],
    CURLOPT_CAINFO => getenv('SSL_CERT_FILE'),
]);

foreach ($asked['calls'] as [$name, $values]) {
    try {
        $answer = $client->$name(...$values);
    } catch (BillPaymentsException $error) {
        $answer = ['error' => $error->getMessage()];
    }
    echo json_encode($answer), "\n";
}
