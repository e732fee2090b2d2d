from django.urls import include, path

from alongside.care.views import client, contacts, day, emergency, looks, people, services, support, wishes

client_patterns = [
    path("clients", people.clients, name="clients"),
    path("clients/find", people.find, name="find"),
    path("clients/add", people.add, name="add"),
    path("clients/contact", people.contact_pick, name="contact_pick"),
    path("clients/emergency", emergency.emergency, name="emergency"),
    path("clients/<key:key>", client.client, name="client"),
    path("clients/<key:key>/looks", looks.looked, name="looks"),
    path("clients/<key:key>/looks/link", looks.link, name="own_link"),
    path("yours", looks.yours, name="yours"),
    path("yours/<str:token>", looks.begin, name="own"),
    path("clients/<key:key>/change", client.change, name="change"),
    path("clients/<key:key>/contacts", contacts.contacts, name="contacts"),
    path("clients/<key:key>/contacts/new", contacts.contact, name="contact"),
    path("clients/<key:key>/contacts/<key:contact>", contacts.contact_change, name="contact_change"),
    path("clients/<key:key>/goals/new", wishes.goal, name="goal"),
    path("clients/<key:key>/goals/<key:goal>/rate", wishes.rate, name="rate"),
    path("clients/<key:key>/goals/<key:goal>/aside", wishes.aside, name="aside"),
    path("clients/<key:key>/events/new", wishes.event, name="event"),
    path("clients/<key:key>/support/new", support.episode, name="episode"),
    path("clients/<key:key>/support/<key:episode>/end", support.end, name="end"),
    path("services", services.services, name="services"),
    path("services/add", services.add_service, name="add_service"),
]

urlpatterns = [path("today", day.today, name="today"), path("", include((client_patterns, "care")))]
