@echo off
rem The command line of the installed app: its own Electron, as plain Node, runs what `npx scenelab` runs.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\Scenelab.exe" "%~dp0..\app.asar.unpacked\out\app\cli\scenelab.js" %*
