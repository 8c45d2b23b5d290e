//! Problems as answers of HTTP.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::presave::Problem;

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let extra = match self.status {
            401 => Some((header::WWW_AUTHENTICATE, "Bearer")),
            429 | 503 => Some((header::RETRY_AFTER, "1")),
            _ => None,
        };
        if let Some((name, value)) = extra {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

pub fn unauthorized() -> Problem {
    let detail = "a token is needed that this server knows; send it as “Authorization: Bearer TOKEN”";
    Problem::new(401, "Unauthorized", detail)
}

pub async fn not_found() -> Problem {
    Problem::new(404, "Not Found", "there is nothing here; /openapi.json tells what there is")
}

pub fn no_rule() -> Problem {
    Problem::new(404, "Not Found", "there is no rule of that name; /v1/rules lists them")
}

pub async fn wrong_method() -> Problem {
    Problem::new(405, "Method Not Allowed", "the header “Allow” tells how this can be asked")
}

pub fn too_slow() -> Problem {
    Problem::new(408, "Request Timeout", "the request did not come whole in time; save the note")
}

pub fn too_large(most: usize) -> Problem {
    Problem::new(413, "Content Too Large", format!("a body may have {most} bytes; send fewer records, or raise --max-body"))
}

pub fn not_json() -> Problem {
    let detail = "send JSON as it is, with “Content-Type: application/json” and no “Content-Encoding”";
    Problem::new(415, "Unsupported Media Type", detail)
}

pub fn too_often() -> Problem {
    Problem::new(429, "Too Many Requests", "this token has asked more often than --rate allows; save the note")
}

pub fn too_busy() -> Problem {
    Problem::new(503, "Service Unavailable", "too many requests are under way; save the note")
}

pub fn stopping() -> Problem {
    Problem::new(503, "Service Unavailable", "the server is being stopped")
}

pub fn broke_down() -> Problem {
    Problem::broke("caselint broke down over this request, which is a defect of caselint; please report it")
}

pub fn cut_off() -> Problem {
    Problem::syntax("the body of the request broke off")
}
