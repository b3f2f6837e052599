// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;

/** This process's terminal without line editing and echo, until it is closed. Uses stty, which every Unix has. */
final class RawTerminal implements AutoCloseable {
    private static final long STTY_SECONDS = 5;

    private final String before;
    private final Thread restoring;

    /** Size in characters. */
    record Size(int columns, int rows) {}

    private RawTerminal(String before) {
        this.before = before;
        this.restoring = new Thread(() -> stty(before), "restore terminal");
    }

    static RawTerminal enter() {
        RawTerminal terminal = new RawTerminal(stty("-g").strip());
        Runtime.getRuntime().addShutdownHook(terminal.restoring);
        stty("raw", "-echo");
        return terminal;
    }

    /** Tells the size now and whenever it changes. */
    void tellSize(Consumer<Size> to) {
        to.accept(size());
        onWindowChange(() -> to.accept(size()));
    }

    @Override
    public void close() {
        stty(before);
        Runtime.getRuntime().removeShutdownHook(restoring);
    }

    static Size size() {
        String[] words = stty("size").strip().split(" ", -1);
        return words.length == 2 && words[0].matches("\\d{1,5}") && words[1].matches("\\d{1,5}")
                ? new Size(Integer.parseInt(words[1]), Integer.parseInt(words[0]))
                : new Size(80, 24);
    }

    /** SIGWINCH by jdk.unsupported, which has no compile-time form without a warning. Without it the size stays as it was. */
    private static void onWindowChange(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    RawTerminal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InstantiationException
                | InvocationTargetException e) {
            System.getLogger(RawTerminal.class.getName())
                    .log(System.Logger.Level.DEBUG, "window changes are not seen", e);
        }
    }

    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            process.waitFor(STTY_SECONDS, TimeUnit.SECONDS);
            return output;
        } catch (IOException e) {
            throw new StateMeshException(
                    CliErrors.LOCAL_FILE,
                    "stty, which prepares the terminal, is missing.",
                    List.of(),
                    List.of("apt-get install -y coreutils"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
