package io.imaint.peer;

import java.net.http.HttpClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;

/**
 * A gateway as a Spring Boot team would set it up: Spring Cloud Gateway MVC on virtual threads, its routes in the properties. One route
 * passes on, the other one does what our API key chain does, as far as the filters that come with it can.
 */
@SpringBootApplication
public class GatewayPeer {
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayPeer.class, arguments);
    }

    /** Uses HTTP/1.1 only: by default the JDK's client offers an upgrade to HTTP/2 with each request. */
    @Bean
    ClientHttpRequestFactoryBuilder<?> targets() {
        return ClientHttpRequestFactoryBuilder.jdk()
                .withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
    }
}
