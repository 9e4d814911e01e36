//! Pictures of users: uploaded as a form with one file, read while it arrives and no further than is allowed.

use purview_guest::{
    Depends, HttpError, Multipart, MultipartError, MultipartLimits, Path, Response, encode, get,
    put, router,
};

use crate::{
    auth::Session,
    store,
    users::{Id, no_such_user},
};

const LIMITS: MultipartLimits =
    MultipartLimits { parts: 4, head_bytes: 1024, part_bytes: 64 * 1024, whole_bytes: 64 * 1024 };
/// What every PNG begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The file of the form.
fn picture(form: Multipart<'_>) -> Result<Vec<u8>, HttpError> {
    let mut form = form.limits(LIMITS);
    while let Some(mut part) = form.next().map_err(broken)? {
        if part.name() == "avatar" {
            let bytes = part.whole().map_err(broken)?;
            let png = bytes.starts_with(PNG).then_some(bytes);
            return png.ok_or_else(|| HttpError::new(415, "the picture must be a PNG"));
        }
    }
    Err(HttpError::bad_request("the form has no file `avatar`"))
}

fn broken(error: MultipartError) -> HttpError {
    match error {
        MultipartError::Malformed(_) | MultipartError::Body(_) => {
            HttpError::bad_request(error.to_string())
        }
        _ => HttpError::too_large(error.to_string()),
    }
}

#[router(prefix = "/users/{id}/avatar", tags("avatars"), middleware(crate::traced))]
mod routes {
    use super::*;

    /// Takes a picture of the user: a PNG of at most 64 KiB, in the field `avatar`.
    #[put("/", responses(400 = "Not such a form", 403 = "Of oneself only", 404 = "There is no such user"))]
    pub fn set(
        Depends(session): Depends<'_, Session>,
        Path(Id { id }): Path<Id>,
        form: Multipart<'_>,
    ) -> Result<(), HttpError> {
        let user = store::user(id)?.ok_or_else(no_such_user)?;
        if user.name != session.sub {
            return Err(HttpError::forbidden("only one's own picture can be set"));
        }
        store::set_avatar(id, &encode::base64(picture(form)?))?;
        store::note(&session.sub, "has a new picture")
    }

    /// Gives the picture of a user; everybody may see it.
    #[get("/", gives = "image/png", responses(404 = "There is no picture"))]
    pub fn show(Path(Id { id }): Path<Id>) -> Result<Response, HttpError> {
        let bytes = store::avatar(id)?.and_then(|text| encode::base64_decode(&text));
        let bytes = bytes.ok_or_else(|| HttpError::not_found("there is no picture"))?;
        Ok(Response::bytes("image/png", bytes)
            .header("cache-control", "max-age=60")
            .header("x-content-type-options", "nosniff"))
    }
}
