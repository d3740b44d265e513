package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Client;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Prepares each connection that a listener accepts. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class ServerChannels extends ChannelInitializer<SocketChannel> {
    private static final System.Logger LOG = System.getLogger(ServerChannels.class.getName());

    private final ServerParts parts;
    private final AtomicReference<@Nullable SslContext> tls;

    /**
     * @param tls what new connections use; null for none
     */
    ServerChannels(ServerParts parts, AtomicReference<@Nullable SslContext> tls) {
        this.parts = parts;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (channel.remoteAddress() == null) { // It is gone already.
            channel.close();
            return;
        }
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        var held = parts.connections().add(channel, channel.remoteAddress().getAddress());
        var context = tls.get();
        if (context == null) {
            http1(channel, client(channel, "http", Optional.empty()), held);
            return;
        }
        var handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(parts.limits().clients().headTimeout().toMillis());
        channel.pipeline().addLast(handler, new Negotiation(handler, held));
    }

    private void http1(SocketChannel channel, Client client, Connections.Held held) {
        var loop = parts.loops().of(channel.eventLoop());
        channel.pipeline().addLast(new ServerConnection(parts, loop, client, held, channel));
    }

    private static Client client(SocketChannel channel, String scheme, Optional<Client.Tls> tls) {
        var remote = channel.remoteAddress();
        var local = channel.localAddress();
        return new Client(
                remote.getAddress(),
                remote.getAddress(),
                remote.getPort(),
                scheme,
                local.getAddress().getHostAddress(),
                local.getPort(),
                tls);
    }

    /** Goes on when the handshake has chosen a protocol. */
    private final class Negotiation extends ApplicationProtocolNegotiationHandler {
        private final SslHandler handler;
        private final Connections.Held held;

        Negotiation(SslHandler handler, Connections.Held held) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.handler = handler;
            this.held = held;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            var channel = (SocketChannel) context.channel();
            var client =
                    client(channel, "https", Optional.of(tls(handler.engine().getSession())));
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Http2Server.install(channel.pipeline(), parts, parts.loops().of(channel.eventLoop()), client, held);
            } else {
                http1(channel, client, held);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            LOG.log(Level.DEBUG, "a client''s TLS handshake failed: {0}", cause.getMessage());
            context.close();
        }
    }

    private static Client.Tls tls(SSLSession session) {
        Optional<byte[]> certificate = Optional.empty();
        try {
            certificate = Optional.of(session.getPeerCertificates()[0].getEncoded());
        } catch (SSLPeerUnverifiedException none) {
            LOG.log(Level.TRACE, "the client shows no certificate");
        } catch (java.security.cert.CertificateEncodingException unreadable) {
            throw new IllegalStateException("a certificate of a handshake can't be read", unreadable);
        }
        var name = session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(one -> ((SNIHostName) one).getAsciiName())
                        .findFirst()
                        .orElse("")
                : "";
        return new Client.Tls(
                session.getProtocol(),
                session.getCipherSuite(),
                name,
                HexFormat.of().formatHex(session.getId()),
                certificate);
    }
}
