package dev.carillon.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that does as it is told, also what no decent client would: frame by frame, without checks. Pings
 * are answered while it waits for a message, and else only if it is told to. RFC 6455.
 */
public final class RawWebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** Far above what anything takes; reached only when the awaited frame never comes. */
    private static final int DEADLINE_MILLIS = 30_000;

    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int status;
    private final List<String> headers = new ArrayList<>();

    /**
     * @param headers besides those of every handshake; a null value leaves such a one out
     * @param from one of this machine's addresses; null for the one that comes by itself
     * @param trust for TLS; null for none
     */
    private RawWebSocket(URI uri, Map<String, String> more, @Nullable InetAddress from, @Nullable SSLContext trust)
            throws IOException {
        Socket plain = new Socket(uri.getHost(), uri.getPort(), from, 0);
        socket = trust == null
                ? plain
                : trust.getSocketFactory().createSocket(plain, uri.getHost(), uri.getPort(), true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        StringBuilder request = new StringBuilder("GET ")
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getAuthority())
                .append("\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        if (!more.containsKey("Upgrade")) {
            request.append("Upgrade: websocket\r\n");
        }
        more.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.append(name).append(": ").append(value).append("\r\n");
            }
        });
        out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        status = Integer.parseInt(line().split(" ")[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
        }
    }

    /** A handshake with these headers, whatever comes of it; an empty Upgrade leaves that header out. */
    public static RawWebSocket handshake(URI uri, Map<String, String> headers) {
        return handshake(uri, headers, null);
    }

    /** The same, from this address. */
    public static RawWebSocket handshake(URI uri, Map<String, String> headers, @Nullable InetAddress from) {
        return handshake(uri, headers, from, null);
    }

    /** The same, with TLS unless there is nobody to trust. */
    public static RawWebSocket handshake(
            URI uri, Map<String, String> headers, @Nullable InetAddress from, @Nullable SSLContext trust) {
        try {
            return new RawWebSocket(uri, headers, from, trust);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WAMP client's socket, opened. */
    public static RawWebSocket open(URI uri) {
        return open(uri, Map.of());
    }

    public static RawWebSocket open(URI uri, Map<String, String> headers) {
        return open(uri, headers, null);
    }

    public static RawWebSocket open(URI uri, Map<String, String> headers, @Nullable SSLContext trust) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.putIfAbsent("Sec-WebSocket-Protocol", "wamp.2.json");
        RawWebSocket socket = handshake(uri, all, null, trust);
        assertThat(socket.status()).as("status of the handshake").isEqualTo(101);
        return socket;
    }

    /** A session of the realm, established. */
    public static RawWebSocket join(URI uri, String realm) {
        RawWebSocket socket = open(uri).says("[1,'" + realm + "',{'roles':{'subscriber':{},'publisher':{}}}]");
        assertThat(socket.hears()).startsWith("[2,");
        return socket;
    }

    public int status() {
        return status;
    }

    /** The value of a header of the handshake's answer; empty if it has none of this name. */
    public String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                .map(header -> header.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** Sends a message; single quotes stand for double ones. */
    public RawWebSocket says(String json) {
        return sends(TEXT, true, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public RawWebSocket sends(int opcode, boolean last, byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        ByteBuffer header = header(opcode, last, payload.length);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(header.array(), 0, header.position());
        frame.writeBytes(MASK);
        frame.writeBytes(masked);
        return sendsBytes(frame.toByteArray());
    }

    /** Sends bytes as they are; what the other end says to them is there to be read even if it stopped listening. */
    public RawWebSocket sendsBytes(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (SocketException closedByPeer) {
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next message. */
    public String hears() {
        Frame frame = receives();
        while (frame.opcode() == PING) {
            sends(PONG, true, frame.payload());
            frame = receives();
        }
        assertThat(frame.opcode()).as("opcode of " + frame).isEqualTo(TEXT);
        return frame.text();
    }

    /** The next frame is a message and this one; single quotes stand for double ones. */
    public RawWebSocket hears(String json) {
        assertThat(hears()).isEqualTo(json.replace('\'', '"'));
        return this;
    }

    /** The next frame, pings left out, closes the connection with this code. */
    public void isClosedWith(int code) {
        Frame frame = receives();
        while (frame.opcode() == PING) {
            frame = receives();
        }
        assertThat(frame.opcode()).as("opcode of " + frame).isEqualTo(CLOSE);
        assertThat(frame.closeCode()).isEqualTo(code);
    }

    /** The next frame. */
    public Frame receives() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            return new Frame(first & 0x0F, in.readNBytes((int) length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other end closes the TCP connection; frames that come before are skipped. */
    public void isCutOff() {
        try {
            while (in.read() >= 0) {
                // whatever was under way
            }
        } catch (EOFException | SocketException reset) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops the connection without a close frame. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The first bytes of a masked frame; for those that announce more than they bring. */
    public static ByteBuffer header(int opcode, boolean last, long length) {
        ByteBuffer header = ByteBuffer.allocate(10);
        header.put((byte) ((last ? 0x80 : 0) | opcode));
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        return header;
    }

    public record Frame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
        }

        @Override
        public String toString() {
            return opcode + " " + (opcode == CLOSE ? closeCode() + " " : "") + text();
        }
    }
}
