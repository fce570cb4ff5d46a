package dev.carillon.it.outdated;

import dev.carillon.outdated.ContentTags;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What users do elsewhere: {@code POST orders?do=edit&id=17&customer=Miller}; and a page without Faces, by GET. */
@WebServlet("/orders")
public class OrdersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @EJB
    private transient Orders orders;

    @Inject
    private transient ContentTags content;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String after = content.position();
        Order order = orders.find(Long.parseLong(request.getParameter("id")));
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter()
                .printf("""
                        <!DOCTYPE html>
                        <html lang="en"><head><title>Order</title><meta name="viewport" content="width=device-width"></head>
                        <body data-tags="%s" data-record="%s" data-after="%s">
                        <h1>%s</h1>
                        <form method="post" action="orders?do=edit&amp;id=%d"><input name="customer"><button>Save</button></form>
                        <p id="others" role="status"></p>
                        <script type="module" src="plain.js"></script>
                        </body></html>
                        """, content.of(order), content.record(order), after, order.getCustomer(), order.getId());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("id");
        String customer = request.getParameter("customer");
        try {
            switch (request.getParameter("do")) {
                case "add" -> response.getWriter().print(orders.add(customer));
                case "edit" -> orders.edit(Long.parseLong(id), customer);
                case "edit-later" -> orders.editLater(Long.parseLong(id), customer);
                case "edit-slowly" -> orders.editSlowly(Long.parseLong(id), customer);
                case "edit-in-vain" -> orders.editInVain(Long.parseLong(id), customer);
                case "edit-by-query" -> orders.editByQuery(Long.parseLong(id), customer);
                case "note" -> orders.note(Long.parseLong(id), customer);
                case "remove" -> orders.remove(Long.parseLong(id));
                default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            }
        } catch (jakarta.ejb.EJBException rolledBack) {
            response.getWriter().print("rolled back");
        }
        if (request.getContentType() != null && request.getHeader("Sec-Fetch-Mode") != null) {
            response.sendRedirect("orders?id=" + id); // a form of a page, which shows the result
        }
    }
}
