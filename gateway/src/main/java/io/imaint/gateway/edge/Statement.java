package io.imaint.gateway.edge;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Message;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule asks of a request. */
sealed interface Statement {
    boolean matches(Asked asked);

    /** A request's head and who sent it. */
    record Asked(Client client, Message head) {}

    /** Always true; a rule without a statement of its own. */
    record Everything() implements Statement {
        @Override
        public boolean matches(Asked asked) {
            return true;
        }
    }

    /** The client is in a set. */
    record InSet(String set, AddressSet addresses, @Nullable Forwarded forwarded) implements Statement {
        @Override
        public boolean matches(Asked asked) {
            if (forwarded == null || !asked.client.proxied()) {
                return addresses.contains(asked.client.address());
            }
            var found = forwarded.addresses(asked.head);
            return found.isEmpty() ? forwarded.matchesWithout : found.stream().anyMatch(addresses::contains);
        }
    }

    /**
     * Takes the client's address from a header, as AWS's {@code IPSetForwardedIPConfig} does. Anybody can write the header,
     * so that it counts only when a trusted proxy sends the request; the address of others is that of their connection.
     *
     * @param matchesWithout what holds when the header is missing or has no address
     */
    record Forwarded(String header, Position position, boolean matchesWithout) {
        /** Which address of several. */
        enum Position {
            FIRST,
            LAST,
            ANY
        }

        List<InetAddress> addresses(Message head) {
            var all = new ArrayList<InetAddress>();
            for (var value : head.headers().values(header)) {
                var block = AddressSet.block(value).filter(one -> one.text().indexOf('/') < 0);
                if (block.isEmpty()) {
                    return List.of();
                }
                all.add(InetAddress.ofLiteral(value));
            }
            if (all.isEmpty() || position == Position.ANY) {
                return all;
            }
            return List.of(position == Position.FIRST ? all.getFirst() : all.getLast());
        }
    }

    /** The path begins with, equals or contains a text. */
    record PathIs(String text, Constraint constraint) implements Statement {
        /** How. */
        enum Constraint {
            EXACTLY,
            STARTS_WITH,
            ENDS_WITH,
            CONTAINS
        }

        @Override
        public boolean matches(Asked asked) {
            var path = asked.head.path();
            return switch (constraint) {
                case EXACTLY -> path.equals(text);
                case STARTS_WITH -> path.startsWith(text);
                case ENDS_WITH -> path.endsWith(text);
                case CONTAINS -> path.contains(text);
            };
        }
    }

    /** All are true. */
    record And(List<Statement> parts) implements Statement {
        @Override
        public boolean matches(Asked asked) {
            return parts.stream().allMatch(part -> part.matches(asked));
        }
    }

    /** One is true. */
    record Or(List<Statement> parts) implements Statement {
        @Override
        public boolean matches(Asked asked) {
            return parts.stream().anyMatch(part -> part.matches(asked));
        }
    }

    /** It is not true. */
    record Not(Statement part) implements Statement {
        @Override
        public boolean matches(Asked asked) {
            return !part.matches(asked);
        }
    }

    /** Whether a statement takes the client's address from the header of a name. */
    default boolean readsAddressFrom(String header) {
        return switch (this) {
            case Everything everything -> false;
            case InSet in -> in.forwarded != null && in.forwarded.header.equalsIgnoreCase(header);
            case PathIs path -> false;
            case And and -> and.parts.stream().anyMatch(part -> part.readsAddressFrom(header));
            case Or or -> or.parts.stream().anyMatch(part -> part.readsAddressFrom(header));
            case Not not -> not.part.readsAddressFrom(header);
        };
    }

    /** The sets of addresses that a statement names. */
    default List<String> sets() {
        return switch (this) {
            case Everything everything -> List.of();
            case InSet in -> List.of(in.set);
            case PathIs path -> List.of();
            case And and ->
                and.parts.stream().flatMap(part -> part.sets().stream()).toList();
            case Or or ->
                or.parts.stream().flatMap(part -> part.sets().stream()).toList();
            case Not not -> not.part.sets();
        };
    }
}
