package dev.carillon.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/**
 * The way from a browser to a server, which a test can cut ({@link #goesDown}: connections are reset and new ones are
 * refused) or make silent ({@link #fallsSilent}: they stay and nothing goes through). It forwards bytes between TCP
 * connections, on the loopback address.
 */
public final class FaultyNetwork implements AutoCloseable {

    private final URI server;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty network");
        thread.setDaemon(true);
        return thread;
    });

    // guarded by this
    private boolean up = true;
    private boolean silent;

    /** @param server whose host and port everything is forwarded to */
    public FaultyNetwork(URI server) {
        this(server, ServerSocketFactory.getDefault());
    }

    /** The same with other sockets towards the browser, such as those of {@link Certificate#serverSockets}. */
    public FaultyNetwork(URI server, ServerSocketFactory doors) {
        this.server = server;
        try {
            this.door = doors.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** The same address of the server, by way of this network. */
    public URI address(URI ofServer) {
        return URI.create(ofServer.getScheme() + "://127.0.0.1:" + door.getLocalPort() + ofServer.getRawPath());
    }

    public void goesDown() {
        List<Socket> open;
        synchronized (this) {
            up = false;
            open = new ArrayList<>(sockets);
        }
        open.forEach(FaultyNetwork::reset);
    }

    public synchronized void comesUp() {
        up = true;
    }

    public synchronized void fallsSilent() {
        silent = true;
    }

    /** What was said meanwhile arrives now, as with TCP when a cable is plugged in again. */
    public synchronized void speaksAgain() {
        silent = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        door.close();
        goesDown();
        speaksAgain();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                threads.execute(() -> connect(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket client) {
        try {
            Socket further = new Socket(server.getHost(), server.getPort());
            synchronized (this) {
                sockets.addAll(List.of(client, further));
                if (!up) {
                    reset(client);
                    reset(further);
                    return;
                }
            }
            threads.execute(() -> forward(client, further));
            threads.execute(() -> forward(further, client));
        } catch (IOException serverIsGone) {
            reset(client);
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitSpeech();
                out.write(buffer, 0, length);
            }
            awaitSpeech();
        } catch (IOException | InterruptedException cut) {
            // Closing both is all there is to do.
        } finally {
            sockets.removeAll(List.of(from, to));
        }
    }

    private synchronized void awaitSpeech() throws InterruptedException {
        while (silent) {
            wait();
        }
    }

    /** Without a word of farewell: RST, not FIN. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // Just as well.
        }
    }
}
