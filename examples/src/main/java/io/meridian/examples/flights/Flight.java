package io.meridian.examples.flights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A flight of early 2001.
///
/// @param date local date and time of departure, `yyyy/MM/dd HH:mm`
/// @param delay of the arrival in minutes; negative when it was early
/// @param distance in miles
/// @param origin IATA code of the airport
/// @param destination IATA code of the airport
public record Flight(String date, int delay, int distance, String origin, String destination) {
    /// The topic that the programs use unless told otherwise.
    public static final String TOPIC = "flights";

    /// The header that holds a flight's number in the file, from 0, in decimal.
    public static final String NUMBER = "number";

    /// All flights of the file that comes with the examples, in order.
    public static List<Flight> all() throws IOException {
        try (InputStream in = Flight.class.getResourceAsStream("flights-20k.json")) {
            if (in == null) {
                throw new FileNotFoundException("flights-20k.json is not beside its class");
            }
            return List.of(new ObjectMapper().readValue(in, Flight[].class));
        }
    }

    /// The flight as one line of JSON.
    public String json(ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
