package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.app.Check.Finding;
import io.imaint.app.ServiceConnection.WrongProtocol;
import io.imaint.kernel.settings.ServiceAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Opens a connection to a RabbitMQ broker and closes it: protocol header, logon, limits, virtual host. Source: AMQP
 * 0-9-1, sections 2.2.4 and 4.2.
 *
 * <pre>
 *   header ──► Start,  StartOk ──► Tune,  TuneOk, Open ──► OpenOk,  Close ──► CloseOk
 *                          └─► Close, or the end: the logon is refused      └─► or Close: no such virtual host
 * </pre>
 */
record AmqpProbe(ServiceAddress address, Duration patience) {
    private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final int METHOD = 1;
    private static final int HEARTBEAT = 8;
    private static final int FRAME_END = 0xCE;

    /** A broker tells of itself in less than a kilobyte; whatever is larger is no broker. */
    private static final int FRAME_MAX = 64 << 10;

    /** Heartbeats between two answers; a broker that sends nothing else is none. */
    private static final int FRAMES_MAX = 100;

    private static final int CONNECTION = 10;
    private static final int START = 10;
    private static final int START_OK = 11;
    private static final int TUNE = 30;
    private static final int TUNE_OK = 31;
    private static final int OPEN = 40;
    private static final int OPEN_OK = 41;
    private static final int CLOSE = 50;
    private static final int CLOSE_OK = 51;
    private static final int ACCESS_REFUSED = 403;

    /** The account that a new broker has; used when the address names no user. */
    private static final String GUEST = "guest";

    /** A method of the connection that the broker sent, and its arguments. */
    private record Method(int id, ByteBuffer arguments) {}

    Finding find() {
        return ServiceConnection.ask(address, patience, this::talk);
    }

    private Finding talk(DataInputStream in, OutputStream out) throws IOException {
        out.write(HEADER);
        out.flush();
        requireFrame(in);
        var start = next(in, START);
        var told = new byte[start.arguments.remaining()];
        start.arguments.duplicate().get(told);
        if (!List.of(mechanisms(start.arguments).split(" ", -1)).contains("PLAIN")) {
            return Finding.fail(
                    "%s does not take passwords, only %s".formatted(address, mechanisms(start.arguments)),
                    "Enable the mechanism PLAIN in auth_mechanisms of the broker.");
        }
        var user = address.user().isEmpty() ? GUEST : address.user();
        send(out, START_OK, startOk(user));
        Method tune;
        try {
            tune = next(in, TUNE);
        } catch (EOFException closed) { // As brokers did before they could say why.
            return refused(user, "the broker closed the connection");
        }
        if (tune.id == CLOSE) {
            var why = why(tune);
            send(out, CLOSE_OK, new byte[0]);
            return refused(user, why);
        }
        send(out, TUNE_OK, tuned(tune));
        var host = address.path().isEmpty() ? "/" : address.path();
        send(out, OPEN, open(host));
        var opened = next(in, OPEN_OK);
        if (opened.id == CLOSE) {
            var why = why(opened);
            send(out, CLOSE_OK, new byte[0]);
            return noHost(user, host, why);
        }
        send(out, CLOSE, close());
        return next(in, CLOSE_OK).id == CLOSE_OK
                ? Finding.ok(
                        "%s is %s and lets %s into the virtual host %s".formatted(address, product(told), user, host))
                : Finding.warn(address + " did not close the connection properly", "Read the log of the broker.");
    }

    private Finding refused(String user, String why) {
        return Finding.fail(
                "%s refuses %s: %s".formatted(address, user, why),
                address.user().isEmpty()
                        ? "Put user and password into amqp-uri; guest may come from the broker's own machine only."
                        : "Correct user and password in amqp-uri; `rabbitmqctl authenticate_user` tries them.");
    }

    private Finding noHost(String user, String host, String why) {
        return Finding.fail(
                "%s does not open the virtual host %s to %s: %s".formatted(address, host, user, why),
                "Run `rabbitmqctl add_vhost` and `rabbitmqctl set_permissions`, or correct the end of amqp-uri.");
    }

    /** Checks the first byte, so that the bytes of another protocol are not read as the size of a frame. */
    private static void requireFrame(DataInputStream in) throws IOException {
        in.mark(HEADER.length);
        int first = in.readUnsignedByte();
        if (first == METHOD) {
            in.reset();
            return;
        }
        throw first == 'A'
                ? new WrongProtocol("it is a broker of another version of AMQP than 0-9-1")
                : new WrongProtocol("it answers with byte %d".formatted(first));
    }

    /** The next method, which is the awaited one or Close. */
    private static Method next(DataInputStream in, int awaited) throws IOException {
        for (int frames = 0; frames < FRAMES_MAX; frames++) {
            int type = in.readUnsignedByte();
            int channel = in.readUnsignedShort();
            int size = in.readInt();
            if ((type != METHOD && type != HEARTBEAT) || channel != 0 || size < 0 || size > FRAME_MAX) {
                throw new WrongProtocol("a frame of type %d, channel %d and size %d".formatted(type, channel, size));
            }
            var payload = new byte[size];
            in.readFully(payload);
            if (in.readUnsignedByte() != FRAME_END) {
                throw new WrongProtocol("a frame without its end");
            }
            if (type == HEARTBEAT) {
                continue;
            }
            var arguments = ByteBuffer.wrap(payload);
            if (size < 4 || arguments.getShort() != CONNECTION) {
                throw new WrongProtocol("a method that does not concern the connection");
            }
            int method = arguments.getShort();
            if (method != awaited && method != CLOSE) {
                throw new WrongProtocol("method %d where %d is due".formatted(method, awaited));
            }
            return new Method(method, arguments);
        }
        throw new WrongProtocol("nothing but heartbeats");
    }

    private static void send(OutputStream out, int method, byte[] arguments) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var frame = new DataOutputStream(bytes);
        frame.writeByte(METHOD);
        frame.writeShort(0);
        frame.writeInt(4 + arguments.length);
        frame.writeShort(CONNECTION);
        frame.writeShort(method);
        frame.write(arguments);
        frame.writeByte(FRAME_END);
        out.write(bytes.toByteArray());
        out.flush();
    }

    private byte[] startOk(String user) throws IOException {
        var password = address.password();
        var secret = password == null ? (address.user().isEmpty() ? GUEST : "") : password.reveal();
        var capability = new ByteArrayOutputStream();
        // Without it a broker only hangs up on a wrong password.
        shortText(capability, "authentication_failure_close").write('t');
        capability.write(1);
        var properties = new ByteArrayOutputStream();
        shortText(properties, "product").write('S');
        longText(properties, "iMaintenance".getBytes(UTF_8));
        shortText(properties, "capabilities").write('F');
        longText(properties, capability.toByteArray());
        var arguments = new ByteArrayOutputStream();
        longText(arguments, properties.toByteArray());
        shortText(arguments, "PLAIN");
        longText(arguments, ("\0" + user + "\0" + secret).getBytes(UTF_8));
        shortText(arguments, "en_US");
        return arguments.toByteArray();
    }

    /** The broker's own limits, and no heartbeats in a connection that ends at once. */
    private static byte[] tuned(Method tune) throws IOException {
        var limits = taken(tune.arguments, 6);
        return ByteBuffer.allocate(8).put(limits).putShort((short) 0).array();
    }

    private static byte[] open(String host) {
        var arguments = new ByteArrayOutputStream();
        shortText(arguments, host);
        shortText(arguments, "");
        arguments.write(0);
        return arguments.toByteArray();
    }

    private static byte[] close() {
        var arguments = new ByteArrayOutputStream();
        arguments.writeBytes(new byte[] {0, (byte) 200});
        shortText(arguments, "checked");
        arguments.writeBytes(new byte[4]);
        return arguments.toByteArray();
    }

    /** What a broker says when it closes the connection. */
    private static String why(Method close) throws IOException {
        var arguments = close.arguments;
        int code = ByteBuffer.wrap(taken(arguments, 2)).getShort();
        var text = new String(taken(arguments, taken(arguments, 1)[0] & 0xFF), UTF_8);
        return code == ACCESS_REFUSED && text.isEmpty() ? "access refused" : text;
    }

    private static String mechanisms(ByteBuffer start) throws IOException {
        var arguments = start.duplicate();
        taken(arguments, 2); // The version.
        taken(arguments, ByteBuffer.wrap(taken(arguments, 4)).getInt()); // What the broker tells of itself.
        return new String(taken(arguments, ByteBuffer.wrap(taken(arguments, 4)).getInt()), UTF_8);
    }

    private static byte[] taken(ByteBuffer from, int count) throws IOException {
        if (count < 0 || count > from.remaining()) {
            throw new WrongProtocol("a method that is cut off");
        }
        var bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    /** Product and version as the broker tells them. */
    private static String product(byte[] told) {
        var text = new String(told, ISO_8859_1);
        var product = property(text, "product");
        return product.isEmpty() ? "an AMQP broker" : (product + " " + property(text, "version")).strip();
    }

    /** A text among what a broker tells; its name, the letter S, its length in four bytes, and the text. */
    private static String property(String told, String name) {
        var head = (char) name.length() + name + "S\0\0\0";
        int at = told.indexOf(head);
        if (at < 0 || at + head.length() >= told.length()) {
            return "";
        }
        int begin = at + head.length() + 1;
        int end = begin + told.charAt(begin - 1);
        return end > told.length() ? "" : JsonAsText.harmless(told.substring(begin, end));
    }

    private static ByteArrayOutputStream shortText(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(UTF_8);
        out.write(Math.min(bytes.length, 255));
        out.writeBytes(Arrays.copyOf(bytes, Math.min(bytes.length, 255)));
        return out;
    }

    private static void longText(ByteArrayOutputStream out, byte[] text) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
        out.writeBytes(text);
    }
}
