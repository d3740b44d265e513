package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.app.Check.Finding;
import io.imaint.app.ServiceConnection.WrongProtocol;
import io.imaint.kernel.settings.ServiceAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Logs on to a Redis server, chooses the database and pings. Source: the Redis serialization protocol, RESP2. */
record RedisProbe(ServiceAddress address, Duration patience) {
    /** The answers that are awaited are a word; errors are a sentence. */
    private static final int LINE_MAX = 1_024;

    Finding find() {
        return ServiceConnection.ask(address, patience, this::talk);
    }

    private Finding talk(DataInputStream in, OutputStream out) throws IOException {
        var password = address.password();
        if (password != null) {
            var answer = address.user().isEmpty()
                    ? asked(in, out, "AUTH", password.reveal())
                    : asked(in, out, "AUTH", address.user(), password.reveal());
            if (answer.startsWith("-")) {
                return refused(answer);
            }
        }
        if (!address.path().isEmpty()) {
            var answer = asked(in, out, "SELECT", address.path());
            if (answer.startsWith("-")) {
                return answer.startsWith("-NOAUTH") ? refused(answer) : noDatabase(answer);
            }
        }
        var answer = asked(in, out, "PING");
        return answer.equals("+PONG")
                ? Finding.ok("%s is a Redis server%s and answers PING"
                        .formatted(address, password == null ? "" : ", takes the password"))
                : refused(answer);
    }

    private Finding noDatabase(String answer) {
        return Finding.fail(
                "%s has no database %s: %s".formatted(address, address.path(), answer.substring(1)),
                "Name a database that the server has, such as /0.");
    }

    private Finding refused(String answer) throws WrongProtocol {
        var error = answer.startsWith("-") ? answer.substring(1) : "";
        var reason = "%s: %s".formatted(address, error);
        return switch (error.split(" ", 2)[0]) {
            case "" -> throw new WrongProtocol("PING is answered with " + heard(answer));
            case "NOAUTH" ->
                Finding.fail(
                        reason,
                        "Put the password into redis-uri: redis://:PASSWORD@HOST or redis://USER:PASSWORD@HOST.");
            case "WRONGPASS" ->
                Finding.fail(reason, "Correct user and password in redis-uri; ACL LIST shows the users.");
            case "NOPERM" ->
                Finding.fail(reason, "Grant the user of redis-uri the commands it needs with ACL SETUSER.");
            case "DENIED" -> Finding.fail(reason, "Set a password on the server, or let it listen on 127.0.0.1 only.");
            case "LOADING" -> Finding.warn(reason, "Wait until the server has read its data.");
            case "ERR" ->
                Finding.fail(
                        reason, "Compare the password in redis-uri with requirepass and the ACL users of the server.");
            default -> Finding.fail(reason, "Read the log of the Redis server.");
        };
    }

    private static String asked(DataInputStream in, OutputStream out, String... words) throws IOException {
        var command = new ByteArrayOutputStream();
        command.writeBytes("*%d\r\n".formatted(words.length).getBytes(UTF_8));
        for (var word : words) {
            var bytes = word.getBytes(UTF_8);
            command.writeBytes("$%d\r\n".formatted(bytes.length).getBytes(UTF_8));
            command.writeBytes(bytes);
            command.writeBytes("\r\n".getBytes(UTF_8));
        }
        out.write(command.toByteArray());
        out.flush();
        return line(in);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.readUnsignedByte(); read != '\n'; read = in.readUnsignedByte()) {
            line.write(read);
            if (line.size() == 1 && read != '+' && read != '-') {
                throw new WrongProtocol("the answer begins with " + heard(line.toString(UTF_8)));
            }
            if (line.size() > LINE_MAX) {
                throw new WrongProtocol("an answer of more than %d bytes".formatted(LINE_MAX));
            }
        }
        return line.toString(UTF_8).stripTrailing();
    }

    private static String heard(String answer) {
        return "'%s'".formatted(JsonAsText.harmless(answer));
    }
}
