package io.imaint.simulator.basis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A role (PFCG).
 *
 * @param transactions what S_TCODE grants; {@code *} at the end stands for anything
 */
public record Role(
        String name, String description, SortedSet<String> transactions, List<Authorization> authorizations) {
    /** The role that permits everything, delivered by SAP and not to be changed. */
    public static final String ALL = "SAP_ALL";

    private static final int DESCRIPTION_LENGTH_MAX = 80;
    private static final int TRANSACTIONS_MAX = 5000;
    private static final int AUTHORIZATIONS_MAX = 1000;

    public Role {
        if (!name.matches("[A-Z0-9_/]{1,30}")) {
            throw new IllegalArgumentException("a role's name has 1 to 30 capitals, digits, _ or /");
        }
        if (description.length() > DESCRIPTION_LENGTH_MAX || description.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a role's description has up to %d characters".formatted(DESCRIPTION_LENGTH_MAX));
        }
        if (transactions.size() > TRANSACTIONS_MAX || authorizations.size() > AUTHORIZATIONS_MAX) {
            throw new IllegalArgumentException("a role has up to %d transactions and %d authorizations"
                    .formatted(TRANSACTIONS_MAX, AUTHORIZATIONS_MAX));
        }
        if (transactions.stream().anyMatch(transaction -> !isTransaction(transaction))) {
            throw new IllegalArgumentException("a transaction has 1 to 20 capitals, digits, _ or /");
        }
        transactions = Collections.unmodifiableSortedSet(new TreeSet<>(transactions));
        authorizations = List.copyOf(authorizations);
    }

    static boolean isTransaction(String code) {
        return code.matches("[A-Z0-9_/]{0,19}[A-Z0-9_/*]");
    }

    boolean permits(String transaction) {
        return transactions.contains(transaction)
                || transactions.stream().anyMatch(granted -> Authorization.covers(granted, transaction));
    }

    boolean permitsService(String hash) {
        return authorizations.stream()
                .anyMatch(one -> one.object().equals(Authorization.SERVICE)
                        && one.permits(Authorization.SERVICE_TYPE, Authorization.HASHED)
                        && one.permits(Authorization.SERVICE_NAME, hash));
    }

    Role named(String other, String otherDescription) {
        return new Role(other, otherDescription, transactions, authorizations);
    }

    Role with(String transaction) {
        var more = new TreeSet<>(transactions);
        more.add(transaction);
        return new Role(name, description, more, authorizations);
    }

    Role without(String transaction) {
        var fewer = new TreeSet<>(transactions);
        fewer.remove(transaction);
        return new Role(name, description, fewer, authorizations);
    }

    /** With an authorization in place of all of the same object. */
    Role with(Authorization authorization) {
        var others = new ArrayList<>(authorizations);
        others.removeIf(one -> one.object().equals(authorization.object()));
        others.add(authorization);
        return new Role(name, description, transactions, others);
    }

    Role withServiceNames(List<String> hashes) {
        var fields = new TreeMap<String, List<String>>();
        fields.put(Authorization.SERVICE_NAME, hashes);
        fields.put(Authorization.SERVICE_TYPE, List.of(Authorization.HASHED));
        return with(new Authorization(Authorization.SERVICE, fields));
    }
}
