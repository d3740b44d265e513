package io.imaint.peer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The work order routes as a Spring Boot team would write them: MVC on virtual threads, JdbcTemplate on a pool, documents as
 * JSON in SQLite with expression indexes and FTS5, records read and written by Jackson. It serves a database that
 * ServiceApiBenchmark fills with our documents.
 */
@SpringBootApplication
public class Peer {
    public static void main(String[] arguments) {
        SpringApplication.run(Peer.class, arguments);
    }

    /** Stands in for a security framework: one token, compared. */
    @Component
    static class Token extends OncePerRequestFilter {
        private final String expected;

        Token(@Value("${peer.token}") String token) {
            this.expected = "Bearer " + token;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getRequestURI().startsWith("/api/") && !expected.equals(request.getHeader("Authorization"))) {
                response.sendError(401);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    record Listing<T>(List<T> items, String next, Long total) {}

    record WorkOrder(
            String orderNumber,
            String description,
            String orderType,
            String orderTypeDescription,
            String plant,
            String plantName,
            String planningPlant,
            String plannerGroup,
            String plannerGroupName,
            String workCenter,
            String workCenterDescription,
            String equipment,
            String equipmentDescription,
            String functionalLocation,
            String functionalLocationDescription,
            String priority,
            String priorityDescription,
            String activityType,
            String activityTypeDescription,
            String notification,
            List<String> systemStatuses,
            List<String> systemStatusTexts,
            String lifecycleStatus,
            LocalDate basicStart,
            LocalDate basicFinish,
            LocalDate scheduledStart,
            LocalDate scheduledFinish,
            LocalDate actualStart,
            LocalDate actualFinish,
            LocalDate createdOn,
            Instant changedAt) {}

    record Dates(
            LocalDate releasedOn,
            LocalDate technicallyCompletedOn,
            LocalDate closedOn,
            String companyCode,
            String costCenter,
            String maintenancePlan,
            String createdBy,
            String changedBy,
            LocalDate changedOn) {}

    record Operation(
            String operation,
            String suboperation,
            String description,
            String controlKey,
            String plant,
            String workCenter,
            String workCenterDescription,
            BigDecimal work,
            BigDecimal actualWork,
            String workUnit,
            BigDecimal duration,
            String durationUnit,
            LocalDate earliestStart,
            LocalTime earliestStartTime,
            LocalDate latestFinish,
            LocalTime latestFinishTime,
            String personnelNumber,
            String personName,
            String confirmation,
            List<String> systemStatuses,
            List<String> systemStatusTexts) {}

    record OrderNotification(
            String notification,
            String notificationType,
            String description,
            String priority,
            String reportedBy,
            LocalDate notificationDate,
            boolean breakdown,
            LocalDate malfunctionStart,
            LocalTime malfunctionStartTime,
            LocalDate malfunctionEnd,
            LocalTime malfunctionEndTime,
            List<String> systemStatuses) {}

    record Detail(
            @JsonUnwrapped WorkOrder order,
            @JsonUnwrapped Dates dates,
            List<Operation> operations,
            OrderNotification originNotification) {}

    @RestController
    static class Routes {
        private static final String ORDERS = "SELECT json(doc) FROM work_orders ";

        private final JdbcTemplate database;
        private final JsonMapper mapper;

        Routes(JdbcTemplate database, JsonMapper mapper) {
            this.database = database;
            this.mapper = mapper;
        }

        @GetMapping("/health/live")
        Map<String, String> live() {
            return Map.of("status", "live");
        }

        @GetMapping("/api/work-orders/{number}")
        Detail detail(@PathVariable String number) {
            var found = database.queryForList(ORDERS + "WHERE key=?", String.class, number);
            if (found.isEmpty()) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
            var order = mapper.readValue(found.getFirst(), WorkOrder.class);
            var notification = order.notification() == null
                    ? List.<OrderNotification>of()
                    : read(
                            OrderNotification.class,
                            "SELECT json(doc) FROM notifications WHERE key=?",
                            order.notification());
            return new Detail(
                    order,
                    mapper.readValue(found.getFirst(), Dates.class),
                    read(
                            Operation.class,
                            "SELECT json(doc) FROM operations WHERE (doc ->> '$.orderNumber')=? ORDER BY key",
                            number),
                    notification.isEmpty() ? null : notification.getFirst());
        }

        @GetMapping("/api/work-orders")
        Listing<WorkOrder> list(
                @RequestParam(required = false) String text, @RequestParam(defaultValue = "50") int limit) {
            var where = text == null
                    ? ""
                    : "WHERE id IN (SELECT rowid FROM work_orders_words WHERE work_orders_words MATCH ?) ";
            Object[] arguments = text == null ? new Object[0] : new Object[] {match(text)};
            var all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = limit + 1;
            var items =
                    read(WorkOrder.class, ORDERS + where + "ORDER BY (doc ->> '$.basicStart') DESC, key DESC LIMIT ?", all);
            var total = database.queryForObject("SELECT count(*) FROM work_orders " + where, Long.class, arguments);
            return items.size() > limit
                    ? new Listing<>(items.subList(0, limit), items.get(limit - 1).orderNumber(), total)
                    : new Listing<>(items, null, total);
        }

        private static String match(String text) {
            return Arrays.stream(text.toLowerCase().split("\\W+"))
                    .map(word -> '"' + word + "\"*")
                    .collect(Collectors.joining(" "));
        }

        private <T> List<T> read(Class<T> type, String sql, Object... arguments) {
            return database.query(sql, (row, index) -> mapper.readValue(row.getString(1), type), arguments);
        }
    }
}
