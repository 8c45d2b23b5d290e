// A stand-in for the run-time of SCORM 1.2. It is strict: what the standard does not allow is kept as a fault. What is committed stays.
"use strict";

(() => {
  const LONGEST = { "cmi.suspend_data": 4096, "cmi.core.lesson_location": 255, "cmi.core.lesson_status": 255 };
  const STATUS = ["passed", "completed", "failed", "incomplete", "browsed", "not attempted"];
  const stored = () => JSON.parse(localStorage.getItem("system") ?? "{}");
  let state = "new";
  let error = "0";
  let values = { "cmi.core.lesson_status": "not attempted", "cmi.suspend_data": "", "cmi.core.lesson_location": "", ...stored() };

  const commit = () => localStorage.setItem("system", JSON.stringify(values));
  const fault = (code, what) => {
    error = code;
    values.faults = [...(values.faults ?? []), what];
    commit();
    return "false";
  };
  const running = (what) => state === "running" || (fault("301", `${what} while not running`), false);

  window.API = {
    LMSInitialize(empty) {
      if (empty !== "") return fault("201", "LMSInitialize has an argument");
      if (state !== "new") return fault("101", "initialised twice");
      state = "running";
      return "true";
    },
    LMSFinish(empty) {
      if (!running("LMSFinish") || empty !== "") return "false";
      state = "over";
      values.finished = (values.finished ?? 0) + 1;
      commit();
      return "true";
    },
    LMSGetValue(name) {
      if (!running(name)) return "";
      if (!(name in LONGEST)) return fault("201", `${name} is asked for`), "";
      return values[name];
    },
    LMSSetValue(name, value) {
      if (!running(name)) return "false";
      if (!(name in LONGEST)) return fault("401", `${name} is set`);
      if (typeof value !== "string" || value.length > LONGEST[name]) return fault("405", `${name} is too long or no text`);
      if (name === "cmi.core.lesson_status" && !STATUS.includes(value)) return fault("405", `${value} is no status`);
      values = { ...values, [name]: value };
      return "true";
    },
    LMSCommit(empty) {
      if (!running("LMSCommit") || empty !== "") return "false";
      commit();
      return "true";
    },
    LMSGetLastError: () => error,
    LMSGetErrorString: () => "",
    LMSGetDiagnostic: () => "",
  };
})();
