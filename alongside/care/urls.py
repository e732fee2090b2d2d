from django.urls import include, path

from alongside.care.views import client, contacts, day, people, services, support, wishes

client_patterns = [
    path("clients", people.clients, name="clients"),
    path("clients/find", people.find, name="find"),
    path("clients/add", people.add, name="add"),
    path("clients/contact", people.contact_pick, name="contact_pick"),
    path("clients/<str:key>", client.client, name="client"),
    path("clients/<str:key>/change", client.change, name="change"),
    path("clients/<str:key>/contacts", contacts.contacts, name="contacts"),
    path("clients/<str:key>/contacts/new", contacts.contact, name="contact"),
    path("clients/<str:key>/contacts/<str:contact>", contacts.contact_change, name="contact_change"),
    path("clients/<str:key>/goals/new", wishes.goal, name="goal"),
    path("clients/<str:key>/goals/<str:goal>/rate", wishes.rate, name="rate"),
    path("clients/<str:key>/goals/<str:goal>/aside", wishes.aside, name="aside"),
    path("clients/<str:key>/events/new", wishes.event, name="event"),
    path("clients/<str:key>/support/new", support.episode, name="episode"),
    path("clients/<str:key>/support/<str:episode>/end", support.end, name="end"),
    path("services", services.services, name="services"),
    path("services/add", services.add_service, name="add_service"),
]

urlpatterns = [path("today", day.today, name="today"), path("", include((client_patterns, "care")))]
