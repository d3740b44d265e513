package io.imaint.services.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server that keeps what it accepts. */
final class MailServer implements AutoCloseable {
    private final List<MimeMessage> received = new CopyOnWriteArrayList<>();
    private final SMTPServer server;
    private volatile int refusal;

    private MailServer() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(this::handler)
                .build();
        server.start();
    }

    static MailServer start() {
        return new MailServer();
    }

    int port() {
        return server.getPortAllocated();
    }

    SmtpSettings settings() {
        return new SmtpSettings(
                "127.0.0.1",
                port(),
                SmtpSettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                "imaint@example.com");
    }

    /** Refuses every recipient from now on with an SMTP status; 0 accepts again. */
    void answers(int status) {
        refusal = status;
    }

    List<MimeMessage> received() {
        return received;
    }

    private MessageHandler handler(MessageContext context) {
        return new MessageHandler() {
            @Override
            public void from(String sender) {}

            @Override
            public void recipient(String address) throws RejectException {
                if (refusal != 0) {
                    throw new RejectException(refusal, "not now");
                }
            }

            @Override
            public String data(InputStream data) throws IOException {
                try {
                    received.add(new MimeMessage(Session.getInstance(new Properties()), data));
                    return "kept";
                } catch (MessagingException unreadable) {
                    throw new IOException(unreadable);
                }
            }

            @Override
            public void done() {}
        };
    }

    @Override
    public void close() {
        server.stop();
    }
}
