// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** A running anvil at the Cancun level on loopback, which mines only when told to. */
public final class Anvil implements AutoCloseable {
    public static final long CHAIN_ID = 31_337;
    public static final long BLOCK_GAS_LIMIT = 1_000_000_000;
    /** Of foundry's public test mnemonic; anvil signs for it. */
    public static final Address SENDER = Address.ofHex("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    public static final Word SENDER_BALANCE = Word.ofHex("d3c21bcecceda1000000");

    private static final String BALANCE_ETHER = "1000000";
    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int USER_TICKS_FIELD = 11;
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    /** One JSON-RPC call. */
    public record Call(String method, List<Object> parameters) {}

    private Anvil(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts anvil, which is fetched into {@code cache} if it is not there yet. */
    public static Anvil start(Path cache) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        AnvilInstallation.program(cache).toString(),
                        "--port=0",
                        "--hardfork=cancun",
                        "--no-mining",
                        "--order=fifo",
                        "--accounts=1",
                        "--balance=" + BALANCE_ETHER,
                        "--chain-id=" + CHAIN_ID,
                        "--gas-limit=" + BLOCK_GAS_LIMIT,
                        "--no-request-size-limit",
                        "--disable-default-create2-deployer",
                        "--disable-console-log")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return new Anvil(process, URI.create("http://" + listening.group(1)));
            }
            said.append(line).append('\n');
        }
        process.destroyForcibly();
        throw new IOException("anvil has ended before it listened; it said:\n" + said);
    }

    private static void drain(BufferedReader output) {
        try (output) {
            while (output.readLine() != null) {
                // so that anvil never waits for its reader
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** One call's result. */
    public JsonNode call(String method, Object... parameters) throws IOException, InterruptedException {
        return calls(List.of(new Call(method, List.of(parameters)))).getFirst();
    }

    /** The results of calls sent as one batch, in their order. */
    public List<JsonNode> calls(List<Call> calls) throws IOException, InterruptedException {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode each = batch.addObject();
            each.put("jsonrpc", "2.0").put("id", i).put("method", calls.get(i).method());
            each.set("params", JSON.valueToTree(calls.get(i).parameters()));
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(batch)))
                .build();
        JsonNode answer = JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        JsonNode[] results = new JsonNode[calls.size()];
        for (JsonNode each : answer) {
            int id = each.get("id").asInt();
            if (each.has("error")) {
                throw new IOException(calls.get(id).method() + ": " + each.get("error"));
            }
            results[id] = each.get("result");
        }
        return List.of(results);
    }

    /** A call that gives an account this code. */
    public static Call setCode(Address account, Bytes code) {
        return new Call("anvil_setCode", List.of(account.toString(), code.toString()));
    }

    /** A call that queues a transaction of {@link #SENDER}. */
    public static Call send(long nonce, Address to, Word value, Bytes data, long gas, long gasPrice) {
        Map<String, String> transaction = Map.of(
                "from", SENDER.toString(),
                "to", to.toString(),
                "nonce", "0x" + Long.toHexString(nonce),
                "value", "0x" + value.toBigInteger().toString(16),
                "data", data.toString(),
                "gas", "0x" + Long.toHexString(gas),
                "gasPrice", "0x" + Long.toHexString(gasPrice));
        return new Call("eth_sendTransaction", List.of(transaction));
    }

    /** Mines a block of everything queued and returns it. */
    public JsonNode mine() throws IOException, InterruptedException {
        call("evm_mine");
        return call("eth_getBlockByNumber", "latest", false);
    }

    /** All slots of an account that are not zero, out of a dump of the whole state. */
    public Map<Word, Word> slots(Address account) throws IOException, InterruptedException {
        byte[] zipped = Bytes.ofHex(call("anvil_dumpState").asText()).toArray();
        Map<Word, Word> slots = new HashMap<>();
        try (GZIPInputStream dump = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            JsonNode accounts = JSON.readTree(dump).get("accounts");
            for (Map.Entry<String, JsonNode> slot :
                    accounts.path(account.toString()).path("storage").properties()) {
                Word value = Word.ofHex(slot.getValue().asText());
                if (!value.isZero()) {
                    slots.put(Word.ofHex(slot.getKey()), value);
                }
            }
        }
        return slots;
    }

    /** CPU time that the process has used so far, all threads together. */
    public double cpuSeconds() throws IOException {
        String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TICKS_FIELD]) + Long.parseLong(fields[USER_TICKS_FIELD + 1]);
        return ticks / TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
    }
}
