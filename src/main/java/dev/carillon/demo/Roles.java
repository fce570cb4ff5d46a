package dev.carillon.demo;

/** The roles of the back office, as the security domain of the server names them. */
final class Roles {

    /** Those who take, pack and ship orders. */
    static final String SALES = "sales";

    /** Those who run the place; may do all that sales may. */
    static final String ADMINISTRATOR = "administrator";

    private Roles() {}
}
