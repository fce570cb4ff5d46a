package dev.carillon.it.stranger;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lies close to Carillon's paths, and is the stranger's all the same. */
@WebServlet({"/price", "/wampum", "/wamp/own"})
public class PriceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Prices prices;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        prices.set(request.getParameter("product"), Integer.parseInt(request.getParameter("cents")));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("the stranger's own");
    }
}
