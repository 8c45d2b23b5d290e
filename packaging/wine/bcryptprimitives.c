/* For tests under a Wine that lacks bcryptprimitives.dll: the one function of it that Rust calls, by an older one. Never handed out. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
