//! Reading JSON: the browser's own reader on one side and `serde_json` on the other, and one
//! definition of what the model looks like over both. What serde would derive is a sixth of the
//! download, and does the same.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::JsValue as Value;

#[cfg(not(target_arch = "wasm32"))]
use serde_json::Value;

/// A value of JSON.
pub struct Json(Value);

/// What could not be read: the name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

/// What can be read from JSON.
pub trait Read: Sized {
    /// Reads it.
    fn read(json: &Json) -> Result<Self, Wrong>;
}

/// Reads a text of JSON; the error says what is wrong with it.
pub fn parse(text: &str) -> Result<Json, String> {
    #[cfg(target_arch = "wasm32")]
    {
        let parsed = js_sys::JSON::parse(text);
        parsed.map(Json).map_err(|error| {
            let message = js_sys::Reflect::get(&error, &"message".into()).ok();
            message.and_then(|message| message.as_string()).unwrap_or_default()
        })
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        serde_json::from_str(text).map(Json).map_err(|error| error.to_string())
    }
}

#[cfg(target_arch = "wasm32")]
impl Json {
    /// A value that the browser has read already.
    pub fn of(value: Value) -> Json {
        Json(value)
    }

    /// The fields of an object.
    pub fn entries(&self) -> Vec<(String, Json)> {
        let Some(object) = js_sys::Object::try_from(&self.0) else { return Vec::new() };
        let entry = |entry: Value| {
            let entry = js_sys::Array::from(&entry);
            (entry.get(0).as_string().unwrap_or_default(), Json(entry.get(1)))
        };
        js_sys::Object::entries(object).iter().map(entry).collect()
    }

    /// A point of time in milliseconds, for the browser to read.
    pub fn time(&self, key: &str) -> Value {
        self.field(key).0
    }

    /// A field; nothing where there is none.
    pub fn field(&self, key: &str) -> Json {
        Json(js_sys::Reflect::get(&self.0, &key.into()).unwrap_or(Value::UNDEFINED))
    }

    fn is_none(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<u32> {
        let number = self.0.as_f64()?;
        let whole = number as u32;
        (f64::from(whole) == number).then_some(whole)
    }

    fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Option<Vec<Json>> {
        let list = js_sys::Array::is_array(&self.0).then(|| js_sys::Array::from(&self.0))?;
        Some(list.iter().map(Json).collect())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Json {
    fn field(&self, key: &str) -> Json {
        Json(self.0.get(key).cloned().unwrap_or(Value::Null))
    }

    fn is_none(&self) -> bool {
        self.0.is_null()
    }

    fn text(&self) -> Option<String> {
        self.0.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<u32> {
        self.0.as_u64().and_then(|number| u32::try_from(number).ok())
    }

    fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Option<Vec<Json>> {
        self.0.as_array().map(|list| list.iter().cloned().map(Json).collect())
    }
}

impl Json {
    /// A field that must be there.
    pub fn get<T: Read>(&self, key: &'static str) -> Result<T, Wrong> {
        T::read(&self.field(key))
            .map_err(|wrong| if wrong.0.is_empty() { Wrong(key) } else { wrong })
    }

    /// A field, or the default where it is not there.
    pub fn maybe<T: Read + Default>(&self, key: &'static str) -> Result<T, Wrong> {
        Ok(self.get::<Option<T>>(key)?.unwrap_or_default())
    }
}

/// Something else than what is read; the field is added by who knows it.
const WRONG: Wrong = Wrong("");

impl Read for String {
    fn read(json: &Json) -> Result<Self, Wrong> {
        json.text().ok_or(WRONG)
    }
}

impl Read for u32 {
    fn read(json: &Json) -> Result<Self, Wrong> {
        json.number().ok_or(WRONG)
    }
}

impl Read for bool {
    fn read(json: &Json) -> Result<Self, Wrong> {
        json.flag().ok_or(WRONG)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(json: &Json) -> Result<Self, Wrong> {
        if json.is_none() { Ok(None) } else { T::read(json).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &Json) -> Result<Self, Wrong> {
        let list = json.list().ok_or(WRONG)?;
        let mut values = Vec::with_capacity(list.len());
        for value in &list {
            values.push(T::read(value)?);
        }
        Ok(values)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(json: &Json) -> Result<Self, Wrong> {
        match &json.list().ok_or(WRONG)?[..] {
            [a, b] => Ok((A::read(a)?, B::read(b)?)),
            _ => Err(WRONG),
        }
    }
}

impl Read for crate::date::Date {
    fn read(json: &Json) -> Result<Self, Wrong> {
        json.text().and_then(|text| text.parse().ok()).ok_or(WRONG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Thing {
        name: String,
        size: Option<(u32, u32)>,
        flag: bool,
        parts: Vec<Thing>,
    }

    impl Read for Thing {
        fn read(json: &Json) -> Result<Self, Wrong> {
            Ok(Thing {
                name: json.get("name")?,
                size: json.get("size")?,
                flag: json.maybe("flag")?,
                parts: json.maybe("parts")?,
            })
        }
    }

    fn read(text: &str) -> Result<Thing, Wrong> {
        Thing::read(&parse(text).unwrap())
    }

    #[test]
    fn values_are_read_by_name() {
        let inner = Thing { name: "云".to_owned(), size: None, flag: false, parts: vec![] };
        let want =
            Thing { name: "a".to_owned(), size: Some((1, 2)), flag: true, parts: vec![inner] };
        let text = r#"{"name":"a","size":[1,2],"flag":true,"parts":[{"name":"云","x":null}]}"#;
        assert_eq!(read(text), Ok(want));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, field) in [
            ("{}", "name"),
            ("[]", "name"),
            (r#"{"name":1}"#, "name"),
            (r#"{"name":"a","size":[1]}"#, "size"),
            (r#"{"name":"a","size":[1,-2]}"#, "size"),
            (r#"{"name":"a","size":[1,4294967296]}"#, "size"),
            (r#"{"name":"a","flag":"true"}"#, "flag"),
            (r#"{"name":"a","parts":[{}]}"#, "name"),
            (r#"{"name":"a","parts":{}}"#, "parts"),
        ] {
            assert_eq!(read(text), Err(Wrong(field)), "{text}");
        }
        assert!(parse("<!doctype html>").is_err());
    }
}
