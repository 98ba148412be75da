package io.meridian.platform.compat.tools;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs Apache's tools one after the other in one JVM, a program of its own with their jars on its class path.
///
/// Connects to the port that it is given, reads runs and answers each; see [ToolsProcess] for the other end. (Some
/// tools close the standard streams.) Tools end by Apache's `Exit`, whose procedures are replaced by an error that
/// unwinds to here. That class is reached by
/// name, because the clients this source is compiled with keep it in another package.
final class ToolsProgram {
    private static final String PRODUCER_HOOK = "producer-shutdown-hook";
    private static final String EXIT = "org.apache.kafka.common.utils.Exit";

    private static final int RUNNING = -1;

    private static final class Ended extends Error {
        private static final long serialVersionUID = 1;

        Ended() {
            super("the tool has ended", null, false, false);
        }
    }

    private final AtomicInteger exitCode = new AtomicInteger();
    private final PrintStream ownErrors = System.err;
    private @Nullable Runnable lastWords;
    private byte[] output = {};
    private byte[] errors = {};
    private ByteArrayOutputStream outputStream = new ByteArrayOutputStream();
    private ByteArrayOutputStream errorStream = new ByteArrayOutputStream();

    private ToolsProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            new ToolsProgram().serve(socket);
        }
    }

    private void serve(Socket socket) throws Exception {
        replaceExit();
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        while (true) {
            String mainClass;
            try {
                mainClass = in.readUTF();
            } catch (EOFException _) {
                return;
            }
            String[] arguments = new String[in.readInt()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = in.readUTF();
            }
            byte[] input = in.readNBytes(in.readInt());
            run(mainClass, arguments, input, out);
            out.flush();
        }
    }

    private void run(String mainClass, String[] arguments, byte[] input, DataOutputStream answer) throws Exception {
        outputStream = new ByteArrayOutputStream();
        errorStream = new ByteArrayOutputStream();
        exitCode.set(RUNNING);
        System.setIn(new ByteArrayInputStream(input));
        try (PrintStream out = new PrintStream(outputStream, true, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(errorStream, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            System.setErr(err);
            try {
                Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) arguments);
                runLastWords();
                ends(0);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                if (cause != null && !(cause instanceof Ended)) {
                    cause.printStackTrace(err);
                }
                ends(1);
            } catch (LinkageError e) {
                e.printStackTrace(err);
                ends(1);
            }
        }
        System.setErr(ownErrors);
        answer.writeInt(exitCode.get());
        write(answer, output);
        write(answer, errors);
    }

    /// The first call counts: a tool that catches everything also catches the error that unwinds it, and goes on.
    private void ends(int code) {
        if (exitCode.compareAndSet(RUNNING, code)) {
            output = outputStream.toByteArray();
            errors = errorStream.toByteArray();
        }
    }

    private static void write(DataOutputStream answer, byte[] bytes) throws IOException {
        answer.writeInt(bytes.length);
        answer.write(bytes);
    }

    private void replaceExit() throws ReflectiveOperationException {
        Class<?> exit = Class.forName(EXIT);
        for (Method method : exit.getMethods()) {
            switch (method.getName()) {
                case "setExitProcedure", "setHaltProcedure" -> method.invoke(null, procedure(method, true));
                case "setShutdownHookAdder" -> method.invoke(null, procedure(method, false));
                default -> {
                    // Nothing else of it is called here.
                }
            }
        }
    }

    /// The console producer sends what it still holds only when its process ends, and the next command must find it.
    private void runLastWords() {
        Runnable hook = lastWords;
        lastWords = null;
        if (hook != null) {
            hook.run();
        }
    }

    private Object procedure(Method setter, boolean ends) {
        Class<?> type = setter.getParameterTypes()[0];
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, called, values) -> {
            if (ends && called.getName().equals("execute")) {
                runLastWords();
                ends((Integer) values[0]);
                throw new Ended();
            }
            if (called.getName().equals("addShutdownHook") && values[0].equals(PRODUCER_HOOK)) {
                lastWords = (Runnable) values[1];
            }
            return null;
        });
    }
}
