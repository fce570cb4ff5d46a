package dev.carillon.it.rights;

import dev.carillon.notification.RightsChanged;
import dev.carillon.ready.ForUser;
import dev.carillon.ready.JobFinished;
import dev.carillon.ready.MailCount;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;

/** Tells alice of what is ready: in a transaction that is rolled back, in one that is committed, and beside it. */
@WebServlet("/office")
public class Office extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Event<ForUser> news;

    @Inject
    private transient Event<RightsChanged> rights;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            transaction.begin();
            news.fire(new JobFinished("alice", "16", "Export", true, null));
            transaction.rollback();
            transaction.begin();
            news.fire(new JobFinished("alice", "17", "Import", true, "/imports/17"));
            transaction.commit();
            news.fireAsync(new MailCount("alice", 3)).toCompletableFuture().join();
            rights.fire(RightsChanged.of("alice"));
        } catch (Exception failure) {
            throw new ServletException(failure);
        }
    }
}
