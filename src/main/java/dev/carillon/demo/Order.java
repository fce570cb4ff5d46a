package dev.carillon.demo;

import dev.carillon.outdated.ContentListener;
import dev.carillon.outdated.ContentRoles;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order of a customer. {@code ORDER} is a keyword of SQL and of JPQL, therefore table and entity have a longer name.
 *
 * <p>The edit page keeps a detached order for as long as somebody edits it; {@code version} tells whether somebody else
 * saved the order in the meantime. Pages that show an order are told of changes by {@code <carillon:content>}, for which the
 * listener is.
 */
@Entity(name = "CustomerOrder")
@EntityListeners(ContentListener.class)
@ContentRoles({Roles.SALES, Roles.ADMINISTRATOR})
@Table(name = "customer_order")
public class Order implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The longest note, in characters. */
    public static final int NOTE_LENGTH = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id; // null until the order is stored

    @Version
    private long version;

    @Column(name = "order_number", unique = true, nullable = false, updatable = false)
    private int number;

    @NotBlank(message = "An order needs a customer.")
    @Size(max = 80, message = "The customer's name can have {max} characters.")
    @Column(length = 80, nullable = false)
    private String customer = "";

    @Column(precision = 12, scale = 2, nullable = false, updatable = false)
    private BigDecimal total = BigDecimal.ZERO;

    @NotNull(message = "An order needs a status.")
    @Enumerated(EnumType.STRING)
    @Column(length = 10, nullable = false)
    private OrderStatus status = OrderStatus.OPEN;

    @Size(max = NOTE_LENGTH, message = "The note can have {max} characters.")
    @Column(length = NOTE_LENGTH)
    private @Nullable String note; // null and empty are the same: no note

    @Column(length = 80, nullable = false)
    private String changedBy = "";

    @Column(nullable = false)
    private Instant changedAt = Instant.EPOCH;

    /** For JPA only. */
    protected Order() {}

    /** A new, open order. */
    public Order(int number, String customer, BigDecimal total) {
        this.number = number;
        this.customer = customer;
        this.total = total;
    }

    /** Notes who made the change that is about to be saved. */
    void changed(String by, Instant at) {
        changedBy = by;
        changedAt = at;
    }

    /** Whether the other one says something else in the fields that can be edited. */
    boolean differsFrom(Order other) {
        return status != other.status
                || !customer.equals(other.customer)
                || !Objects.requireNonNullElse(note, "").equals(Objects.requireNonNullElse(other.note, ""));
    }

    public @Nullable Long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    /** What people call the order by: "order 17". */
    public int getNumber() {
        return number;
    }

    public String getCustomer() {
        return customer;
    }

    public void setCustomer(String customer) {
        this.customer = customer;
    }

    /** In euros. */
    public BigDecimal getTotal() {
        return total;
    }

    public OrderStatus getStatus() {
        return status;
    }

    public void setStatus(OrderStatus status) {
        this.status = status;
    }

    public @Nullable String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note;
    }

    /** The login name of the last one who changed this order. */
    public String getChangedBy() {
        return changedBy;
    }

    public Instant getChangedAt() {
        return changedAt;
    }
}
