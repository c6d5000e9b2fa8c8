// What the button "stop here" does in the page: asks the kernel's debugger to stop the next recording at a moment. Only figures
// of a kernel that a server has started carry it.

import { ASK_KERNEL } from '../draw/ask-kernel.ts';

/** Text because it runs in the page; it may refer only to its arguments and to what a browser has. */
export const STOP_HERE = `self.ckStopHere=function(kernel,moment,say){
(${ASK_KERNEL})(kernel,'stop'+String(Math.random()).slice(2),'control','debug_request',{type:'request',seq:1,command:'stopHere',arguments:{moment:moment}},function(message){
if(message.header.msg_type!=='debug_reply')return false;
say(message.content.success?'The next trace stops at this event. Run the cell again.':'Switch the debugger on first: the bug in the toolbar.');
return true},function(why){
say({elsewhere:'Stopping here needs JupyterLab.',gone:'Its kernel is gone. Run the cell again first.',silent:'The kernel did not answer.'}[why])})};
`;
