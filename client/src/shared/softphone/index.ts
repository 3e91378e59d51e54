export { AgentPhone, type AgentPhoneEvents, type AgentPhoneOptions, type AgentPhoneState } from './agent-phone';
export { type CitizenEnd, CitizenPhone, type CitizenPhoneEvents, type CitizenPhoneOptions, type CitizenPhoneState } from './citizen-phone';
export { type AudioOptions, MicrophoneFault } from './microphone';
export { LineRefused, openAgentLine, openCitizenLine, type TelLine } from './tel-line';
