// What a cancel button does in the page: opens a comm for a moment. Where there is no Jupyter server it says that it cannot.

import { ASK_KERNEL } from '../draw/ask-kernel.ts';
import { host } from '../record/picture-host.ts';

/** The attributes that make the table's buttons work. */
export function cancelAttributes(target: string, watch: string): Readonly<Record<string, string>> {
  const { kernel } = host();
  return {
    // The table may be replaced between press and release of a button, which would lose the click: the press counts.
    onpointerdown: `if(event.button===0)(${PRESS}).call(this,event,${JSON.stringify({ target, watch, kernel })})`,
    // A key causes a click without a press.
    onclick: 'if(event.detail===0)this.onpointerdown({target:event.target,button:0})',
  };
}

// A text because it runs in the page: it may refer only to its arguments and to what a browser has.
const PRESS = `function(event,to){
var button=event.target.closest('button[data-task]');if(!button||button.disabled)return;
var say=function(said){button.textContent=said[0];button.title=said[1];button.setAttribute('aria-label',said[1])};
button.disabled=true;say(['sent','The kernel was asked to cancel it']);
var comm='cancel'+String(Math.random()).slice(2),data={watch:to.watch,task:Number(button.dataset.task)};
(${ASK_KERNEL})(to.kernel,comm,'shell','comm_open',{comm_id:comm,target_name:to.target,data:data},function(message){
if(message.header.msg_type!=='comm_close')return false;
if(!(message.content.data||{}).cancelled)say(['not live','This table is no longer live: the task is done, or the kernel was restarted.']);
return true},function(why){
say({elsewhere:['not here','Cancelling needs JupyterLab; elsewhere call task.cancel().'],gone:['not live','This table is no longer live: its kernel is gone.'],silent:['no answer','The kernel did not answer: it may be busy.']}[why])})}`;
